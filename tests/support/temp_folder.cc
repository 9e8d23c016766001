#include "tests/support/temp_folder.h"

#include <cstdlib>
#include <fstream>
#include <string>

#include "base/check.h"

namespace pmcp::test {

TempFolder::TempFolder() {
  std::string name =
      (std::filesystem::temp_directory_path() / "pmcp-test-XXXXXX").string();
  PMCP_CHECK(::mkdtemp(name.data()) != nullptr);
  path_ = name;
}

TempFolder::~TempFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

void TempFolder::Write(const std::filesystem::path& file,
                       std::string_view bytes) const {
  const std::filesystem::path whole = path_ / file;
  std::filesystem::create_directories(whole.parent_path());
  std::ofstream out(whole, std::ios::binary);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  PMCP_CHECK(out.good());
}

}  // namespace pmcp::test
