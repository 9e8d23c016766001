// OracleFolder: a folder with the profiles that were pushed to the recorded
// server, and a labels.json that gives them the same labels.
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

/// The time when the server was asked.
TimePointMs AskedAt();

}  // namespace pmcp::oracle
