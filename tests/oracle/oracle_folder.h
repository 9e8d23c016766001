// OracleFolder: the pushed profiles as a folder that gives them the labels they
// were pushed with.
#pragma once

#include <string>

#include "base/time_range.h"
#include "tests/support/temp_folder.h"

namespace pmcp::oracle {

class OracleFolder {
 public:
  OracleFolder();

  std::string path() const { return folder_.path().string(); }

 private:
  test::TempFolder folder_;
};

/// When the server was asked.
TimePointMs AskedAt();

}  // namespace pmcp::oracle
