// What Swift does not see of ncurses: macros, globals, variadic functions. Each is wrapped as it
// is.
#pragma once

#define NCURSES_WIDECHAR 1
#include <errno.h>
#include <fcntl.h>
#include <ncurses.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

// term.h names capabilities by macros such as `columns` and `lines`; none may leak into Swift.
#undef columns
#undef lines

static const attr_t curses_bold = A_BOLD;
static const attr_t curses_dim = A_DIM;
static const attr_t curses_underline = A_UNDERLINE;
static const attr_t curses_reverse = A_REVERSE;
static const attr_t curses_italic = A_ITALIC;

static inline bool curses_is_utf8(void) {
  setlocale(LC_ALL, "");
  return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

// What a terminal's description says, as far as it matters before the screen is opened.
struct curses_description {
  bool is_known;
  bool places_cursor;
  bool is_direct;
  int colors;
};

// Whether the description that ncurses has at hand takes 24-bit colours.
static inline bool curses_is_direct(void) { return tigetflag("RGB") > 0 || tigetnum("RGB") > 0; }

// Touches no terminal.
static inline struct curses_description curses_describe(const char *name) {
  struct curses_description description = {false, false, false, 0};
  int status = 0;
  if (setupterm(name, STDOUT_FILENO, &status) != OK) return description;
  const char *cup = tigetstr("cup");
  description.is_known = true;
  description.places_cursor = cup != NULL && cup != (char *)-1;
  description.is_direct = curses_is_direct();
  description.colors = tigetnum("colors");
  del_curterm(cur_term);
  return description;
}

static inline bool curses_writes_direct(int color) {
  const char *setaf = tigetstr("setaf");
  if (setaf == NULL || setaf == (char *)-1) return false;
  const char *text = tparm((char *)setaf, (long)color, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L);
  return text != NULL && (strstr(text, "8:2:") != NULL || strstr(text, "8;2;") != NULL);
}

// How many numbers of colours still mean the terminal's own palette where others are 24-bit colours.
static inline int curses_indexed_colors(void) {
  return !curses_writes_direct(255) ? 256 : !curses_writes_direct(15) ? 16 : 8;
}

static inline bool curses_may_read_again(void) { return errno == EINTR || errno == EAGAIN; }

static inline SCREEN *curses_open(const char *name) { return newterm(name, stdout, stdin); }
static inline int curses_columns(void) { return COLS; }
static inline int curses_rows(void) { return LINES; }
static inline int curses_colors(void) { return has_colors() ? COLORS : 0; }
static inline int curses_set_keypad(bool on) { return keypad(stdscr, on); }
static inline int curses_erase(void) { return werase(stdscr); }
static inline int curses_move(int row, int column) { return wmove(stdscr, row, column); }
// Whether the terminal's cursor may stay wherever it was last: bringing it back costs bytes.
static inline int curses_leave_cursor(bool on) { return leaveok(stdscr, on); }
static inline int curses_stage(void) { return wnoutrefresh(stdscr); }
static inline int curses_repaint(void) {
  clearok(curscr, TRUE);
  return wnoutrefresh(stdscr);
}

static inline int curses_write(int row, int column, attr_t attributes, int pair,
                               const wchar_t *text, int count) {
  // The pair goes by the last argument: the one before it is a short.
  wattr_set(stdscr, attributes, 0, &pair);
  return mvwaddnwstr(stdscr, row, column, text, count);
}

// The terminal's description of a capability, or NULL.
static inline const char *curses_capability(const char *name) {
  const char *text = tigetstr(name);
  return text == (const char *)-1 ? NULL : text;
}

static inline bool curses_window_size(int *columns_out, int *rows_out) {
  struct winsize size;
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0)
    return false;
  *columns_out = size.ws_col;
  *rows_out = size.ws_row;
  return true;
}

// Stops the whole job as Ctrl-Z does and returns when it is continued. The others are told first,
// so that this process stops here, in this thread, and not a moment later in some other.
static inline void curses_stop_job(void) {
  struct sigaction ignored, usual, before;
  memset(&ignored, 0, sizeof ignored);
  memset(&usual, 0, sizeof usual);
  ignored.sa_handler = SIG_IGN;
  usual.sa_handler = SIG_DFL;
  sigset_t mask, old;
  sigemptyset(&mask);
  sigaddset(&mask, SIGTSTP);
  sigaction(SIGTSTP, &ignored, &before);
  kill(0, SIGTSTP);
  sigaction(SIGTSTP, &usual, NULL);
  pthread_sigmask(SIG_UNBLOCK, &mask, &old);
  raise(SIGTSTP);
  pthread_sigmask(SIG_SETMASK, &old, NULL);
  sigaction(SIGTSTP, &before, NULL);
}

// The C library hides this from strict C.
extern int wcwidth(wchar_t character);
static inline int curses_width(wchar_t character) { return wcwidth(character); }

// What is needed to give the terminal back at any moment, in a signal handler too.
struct curses_saved {
  volatile sig_atomic_t is_armed;
  struct termios modes;
  struct sigaction stop, resize;
  size_t count;
  char text[512];
  // Where standard error leads meanwhile, and where it led before.
  volatile sig_atomic_t is_gathering;
  int gathered, usual;
};

// Inside of a function, since a header's global has no home in Swift.
static inline struct curses_saved *curses_saved(void) {
  static struct curses_saved saved;
  return &saved;
}

static inline void curses_append(const char *text) {
  if (text == NULL || text == (const char *)-1) return;
  size_t count = strlen(text);
  if (curses_saved()->count + count > sizeof curses_saved()->text) return;
  memcpy(curses_saved()->text + curses_saved()->count, text, count);
  curses_saved()->count += count;
}

// To be called before ncurses changes any mode.
static inline bool curses_save_modes(void) {
  curses_saved()->is_armed = 0;
  sigaction(SIGTSTP, NULL, &curses_saved()->stop);
  sigaction(SIGWINCH, NULL, &curses_saved()->resize);
  return tcgetattr(STDIN_FILENO, &curses_saved()->modes) == 0;
}

// To be called once ncurses is up and knows how this terminal spells its sequences.
static inline void curses_arm(const char *ours) {
  curses_saved()->count = 0;
  curses_append(ours);
  curses_append(curses_capability("sgr0"));
  curses_append(curses_capability("op"));
  curses_append(curses_capability("rmkx"));
  curses_append(curses_capability("cnorm"));
  curses_append(curses_capability("rmcup"));
  curses_saved()->is_armed = 1;
}

static inline void curses_disarm(void) {
  curses_saved()->is_armed = 0;
  sigaction(SIGTSTP, &curses_saved()->stop, NULL);
  sigaction(SIGWINCH, &curses_saved()->resize, NULL);
}

// A word on standard error would tear the screen: from now on it is kept in a file without a name.
static inline void curses_gather_messages(void) {
  if (curses_saved()->is_gathering || !isatty(STDERR_FILENO)) return;
  FILE *file = tmpfile();
  if (file == NULL) return;
  fflush(stderr);
  curses_saved()->gathered = fcntl(fileno(file), F_DUPFD_CLOEXEC, 3);
  curses_saved()->usual = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
  fclose(file);
  if (curses_saved()->gathered < 0 || curses_saved()->usual < 0) return;
  dup2(curses_saved()->gathered, STDERR_FILENO);
  curses_saved()->is_gathering = 1;
}

enum { curses_most_messages = 65536 };

// Gives standard error back and writes what came meanwhile; of very much, the end. Calls nothing but
// what POSIX allows in a signal handler.
static inline void curses_release_messages(void) {
  if (!curses_saved()->is_gathering) return;
  curses_saved()->is_gathering = 0;
  dup2(curses_saved()->usual, STDERR_FILENO);
  off_t end = lseek(curses_saved()->gathered, 0, SEEK_END);
  off_t start = end > curses_most_messages ? end - curses_most_messages : 0;
  lseek(curses_saved()->gathered, start, SEEK_SET);
  char part[1024];
  ssize_t count;
  while ((count = read(curses_saved()->gathered, part, sizeof part)) > 0)
    if (write(STDERR_FILENO, part, (size_t)count) <= 0) break;
  close(curses_saved()->gathered);
  close(curses_saved()->usual);
}

// Calls nothing but what POSIX allows in a signal handler.
static inline void curses_restore(void) {
  if (!curses_saved()->is_armed) return;
  curses_saved()->is_armed = 0;
  const char *text = curses_saved()->text;
  const char *end = text + curses_saved()->count;
  while (text < end) {
    ssize_t written = write(STDOUT_FILENO, text, (size_t)(end - text));
    if (written <= 0) break;
    text += written;
  }
  tcsetattr(STDIN_FILENO, TCSANOW, &curses_saved()->modes);
  curses_release_messages();
}

enum { curses_crash_count = 7 };

static inline struct curses_crash {
  int number;
  struct sigaction before;
} *curses_crashes(void) {
  static struct curses_crash crashes[curses_crash_count] = {
      {.number = SIGILL}, {.number = SIGTRAP}, {.number = SIGABRT},
      {.number = SIGBUS}, {.number = SIGFPE},  {.number = SIGSEGV}, {.number = SIGQUIT}};
  return crashes;
}

static inline void curses_crashed(int number, siginfo_t *info, void *context) {
  (void)context;
  curses_restore();
  for (int index = 0; index < curses_crash_count; index++)
    if (curses_crashes()[index].number == number)
      sigaction(number, &curses_crashes()[index].before, NULL);
  // A fault happens again on return, and whoever was there before, such as Swift's backtraces, sees
  // it as it was. A signal that was sent does not.
  bool is_sent =
      info->si_code <= 0 || number == SIGTRAP || number == SIGABRT || number == SIGQUIT;
  if (is_sent) raise(number);
}

// Gives the terminal back before the program dies of a trap, or ends on the spot.
static inline void curses_catch_crashes(void) {
  static bool is_done = false;
  if (is_done) return;
  is_done = true;
  atexit(curses_restore);
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_sigaction = curses_crashed;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  for (int index = 0; index < curses_crash_count; index++)
    sigaction(curses_crashes()[index].number, &action, &curses_crashes()[index].before);
}
