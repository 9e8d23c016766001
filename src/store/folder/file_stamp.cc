#include "store/folder/file_stamp.h"

#include <system_error>

namespace pmcp::store {
namespace {

std::int64_t Nanoseconds(const timespec& time) {
  return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

}  // namespace

FileStamp StampOf(const struct stat& status) {
#ifdef __APPLE__
  const timespec modified = status.st_mtimespec;
  const timespec changed = status.st_ctimespec;
#else
  const timespec modified = status.st_mtim;
  const timespec changed = status.st_ctim;
#endif
  return {.device = static_cast<std::uint64_t>(status.st_dev),
          .inode = static_cast<std::uint64_t>(status.st_ino),
          .size = static_cast<std::uint64_t>(status.st_size),
          .modified_ns = Nanoseconds(modified),
          .changed_ns = Nanoseconds(changed)};
}

std::string SystemMessage(int error_number) {
  return std::generic_category().message(error_number);
}

}  // namespace pmcp::store
