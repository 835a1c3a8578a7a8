import Dashboard

/// A config file with everything that can stand in it, to begin with.
enum ConfigExample {
  static let text = """
    # Everything may be left out. `sentop config check` says what is wrong, and where.

    defaults:
      theme: dark               # or one of your own in the folder themes beside this file
      color: auto               # auto, never, always, 16, 256
      ascii: false
      mouse: true
      interval: 1s              # how often each Sentinel is asked
      read_only: false
      bell: never               # or from info, notice, warning or critical on
      notify: never             # the same for a notice on the desktop
      clock: local              # or utc

    # A key, a list of keys, or disabled. Punctuation needs quotes.
    keys:
      preset: default           # or vim, with Ctrl-F, Ctrl-B, Ctrl-D and Ctrl-U
      failover: F
      show-help: ['?', F1]
      check-quorum: [c, F6]
      suspend: Ctrl-Z

    # Which columns a pane shows, in this order.
    columns:
      masters: [NAME, ADDRESS, STATE, QUORUM, REPL, AGREE]

    profiles:
      lab:
        seeds: [127.0.0.1:26379]

      production:
        seeds: [10.0.0.1, 10.0.0.2, 10.0.0.3]
        user: sentop
        # One of these three. The password itself never stands here.
        password_command: [pass, show, sentinels]
        # password_file: ~/.config/sentop/password
        # password_env: SENTINEL_PASSWORD
        tls:
          ca: ca.crt            # beside this file; also cert, key, sni, insecure
        node:                   # the data nodes, as whom and how
          user: sentop
          password_env: NODE_PASSWORD
          tls:
            ca: ca.crt
        protected: true         # each change needs the service's name typed
        theme: dark
        interval: 2s

      docker:
        seeds: [127.0.0.1:26379]
        read_only: true
        address_map:            # what is announced: where it is reached from here
          172.17.0.2:6379: 127.0.0.1:6379
          172.17.0.3: 127.0.0.1
    """
}
