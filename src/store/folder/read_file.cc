#include "store/folder/read_file.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "base/file_descriptor.h"
#include "store/folder/file_stamp.h"

namespace pmcp::store {
namespace {

Error Changed() {
  return {ErrorKind::kUnavailable, "changes while it is read", "Ask again."};
}

Error CannotRead(int error_number) {
  return {error_number == EACCES ? ErrorKind::kPermissionDenied
                                 : ErrorKind::kNotFound,
          fmt::format("cannot be read: {}", SystemMessage(error_number)),
          "Make the file readable for the user who runs the server."};
}

/// An open file. It stays the same file even if its path is replaced.
class OpenFile {
 public:
  // Does not follow a link, and does not block on a pipe.
  explicit OpenFile(const std::string& path)
      : descriptor_(::open(path.c_str(),
                           O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)) {}

  bool is_open() const { return descriptor_.get() >= 0; }

  bool HasStamp(const FileStamp& stamp) const {
    struct stat status {};
    return ::fstat(descriptor_.get(), &status) == 0 && StampOf(status) == stamp;
  }

  /// Reads at most `size` bytes. Returns their number, or -1 and errno on
  /// failure.
  ssize_t Read(char* data, std::size_t size) const {
    std::size_t done = 0;
    while (done < size) {
      const ssize_t got = ::read(descriptor_.get(), data + done, size - done);
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return -1;
      if (got == 0) break;
      done += static_cast<std::size_t>(got);
    }
    return static_cast<ssize_t>(done);
  }

 private:
  FileDescriptor descriptor_;
};

/// The first `size` bytes, which the file had when it was found.
Result<void> ReadFirst(const FoundFile& file, std::size_t size,
                       ByteBuffer& bytes) {
  const OpenFile open(file.target);
  if (!open.is_open()) {
    // ELOOP: a link has taken its place.
    const bool is_gone = errno == ENOENT || errno == ELOOP;
    return is_gone ? Changed() : CannotRead(errno);
  }
  bytes.Resize(size);
  const ssize_t got = open.Read(bytes.data(), bytes.size());
  if (got < 0) return CannotRead(errno);
  // Not before: when it is the file that was found now, it was all the time.
  if (static_cast<std::size_t>(got) != bytes.size() ||
      !open.HasStamp(file.stamp)) {
    return Changed();
  }
  return {};
}

}  // namespace

Result<ByteBuffer> ReadFoundFile(const FoundFile& file, std::size_t max_bytes) {
  ByteBuffer bytes;
  PMCP_TRY_VOID(ReadFoundFile(file, max_bytes, bytes));
  return bytes;
}

Result<void> ReadFoundFile(const FoundFile& file, std::size_t max_bytes,
                           ByteBuffer& bytes) {
  if (file.stamp.size > max_bytes) {
    return Error{ErrorKind::kTooLarge,
                 fmt::format("has more than {} MiB", max_bytes >> 20),
                 "Use a smaller file."};
  }
  return ReadFirst(file, file.stamp.size, bytes);
}

Result<void> ReadFoundPrefix(const FoundFile& file, std::size_t max_bytes,
                             ByteBuffer& bytes) {
  return ReadFirst(file, std::min<std::size_t>(file.stamp.size, max_bytes),
                   bytes);
}

}  // namespace pmcp::store
