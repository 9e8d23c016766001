// BareFile: reads and inflates gzip files of one member with libdeflate, with
// as little work as possible. For the baselines of script/bench only: it trusts
// the size that the file states and exits if the size is wrong.
#pragma once

#include <libdeflate.h>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string_view>

namespace pmcp::test {

class BareFile {
 public:
  BareFile() : decompressor_(libdeflate_alloc_decompressor()) {}
  ~BareFile() { libdeflate_free_decompressor(decompressor_); }
  BareFile(const BareFile&) = delete;
  BareFile& operator=(const BareFile&) = delete;

  /// Valid until the next call.
  std::string_view Inflate(const char* path) {
    const std::size_t size = Read(path);
    std::uint32_t stated = 0;
    std::memcpy(&stated, packed_.data.get() + size - 4, 4);
    output_.Grow(stated);
    std::size_t made = 0;
    if (libdeflate_gzip_decompress(decompressor_, packed_.data.get(), size,
                                   output_.data.get(), output_.size,
                                   &made) != LIBDEFLATE_SUCCESS) {
      Die(path);
    }
    return {output_.data.get(), made};
  }

 private:
  struct Buffer {
    std::unique_ptr<char[]> data;
    std::size_t size = 0;

    void Grow(std::size_t wanted) {
      if (wanted <= size) return;
      data = std::make_unique_for_overwrite<char[]>(wanted);
      size = wanted;
    }
  };

  [[noreturn]] static void Die(const char* path) {
    std::fprintf(stderr, "cannot read %s\n", path);
    std::exit(1);
  }

  std::size_t Read(const char* path) {
    std::FILE* const file = std::fopen(path, "rb");
    if (file == nullptr || std::fseek(file, 0, SEEK_END) != 0) Die(path);
    const long end = std::ftell(file);
    if (end < 18) Die(path);
    const auto size = static_cast<std::size_t>(end);
    std::rewind(file);
    std::setvbuf(file, nullptr, _IONBF, 0);
    packed_.Grow(size);
    if (std::fread(packed_.data.get(), 1, size, file) != size) Die(path);
    std::fclose(file);
    return size;
  }

  libdeflate_decompressor* const decompressor_;
  Buffer packed_;
  Buffer output_;
};

}  // namespace pmcp::test
