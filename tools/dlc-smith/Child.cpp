#include "Child.h"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace dlc::smith;

/// A graph is small; what needs many bytes beside those that the process has
/// (under a sanitizer those are terabytes of addresses) is at fault.
static void limitMemory(rlim_t bytes) {
  std::ifstream file("/proc/self/statm");
  rlim_t pages = 0;
  if (file >> pages)
    bytes += pages * static_cast<rlim_t>(sysconf(_SC_PAGESIZE));
  rlimit memory = {bytes, bytes};
  setrlimit(RLIMIT_AS, &memory);
}

[[noreturn]] static void
runChild(int pipeEnd, llvm::function_ref<void(llvm::raw_ostream &)> body) {
  // LLVM's handlers print a stack and go on to end the process otherwise.
  for (int number : {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP})
    signal(number, SIG_DFL);
  limitMemory(rlim_t(4) << 30);
  if (int nowhere = open("/dev/null", O_WRONLY); nowhere >= 0) {
    dup2(nowhere, STDOUT_FILENO);
    dup2(nowhere, STDERR_FILENO);
  }
  llvm::raw_fd_ostream os(pipeEnd, /*shouldClose=*/true, /*unbuffered=*/true);
  body(os);
  os.flush();
  // Not exit: what the parent has registered is the parent's.
  _exit(0);
}

std::string
dlc::smith::runInChild(llvm::function_ref<void(llvm::raw_ostream &)> body,
                       llvm::function_ref<void(llvm::StringRef)> onLine) {
  llvm::outs().flush();
  llvm::errs().flush();
  int ends[2];
  if (pipe(ends) != 0)
    return std::string("no pipe: ") + std::strerror(errno);
  pid_t child = fork();
  if (child < 0) {
    close(ends[0]);
    close(ends[1]);
    return std::string("no process: ") + std::strerror(errno);
  }
  if (child == 0) {
    close(ends[0]);
    runChild(ends[1], body);
  }
  close(ends[1]);
  std::string rest;
  char buffer[4096];
  for (;;) {
    ssize_t count = read(ends[0], buffer, sizeof buffer);
    if (count < 0 && errno == EINTR)
      continue;
    if (count <= 0)
      break;
    rest.append(buffer, static_cast<size_t>(count));
    size_t end;
    while ((end = rest.find('\n')) != std::string::npos) {
      std::string line = rest.substr(0, end);
      rest.erase(0, end + 1);
      onLine(line);
    }
  }
  close(ends[0]);
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR)
    ;
  if (WIFSIGNALED(status)) {
    int number = WTERMSIG(status);
    return "signal " + std::to_string(number) + " (" + strsignal(number) + ")";
  }
  if (int code = WEXITSTATUS(status))
    return "exit status " + std::to_string(code);
  return "";
}

void dlc::smith::stayAlive(unsigned seconds) {
  // A busy machine is no reason to give up early.
  itimerval cpuTime = {};
  cpuTime.it_value.tv_sec = seconds;
  setitimer(ITIMER_PROF, &cpuTime, nullptr);
  alarm(10 * seconds);
}
