// Whoever imports this library has the values that it takes and gives, with all their members. Type
// aliases wouldn't do: with MemberImportVisibility a member can be used only where its module is
// imported, so that `MasterState` could be named, but its `flags` not read.
@_exported public import RESP
@_exported public import SentinelModel
