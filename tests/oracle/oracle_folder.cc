#include "tests/oracle/oracle_folder.h"

#include <filesystem>

#include "base/text.h"
#include "tests/oracle/question.h"
#include "tests/support/fake_clock.h"
#include "tests/support/read_file.h"

namespace pmcp::oracle {

using nlohmann::json;

OracleFolder::OracleFolder() {
  std::filesystem::copy(DataFolder() / "profiles", folder_.path());
  json rules = json::object();
  for (const json& push :
       json::parse(test::ReadFile(DataFolder() / "pushes.json"))) {
    json labels = push.at("labels");
    // Pushed without a service; the store would take it from the file's name.
    if (!labels.contains("service_name")) labels["service_name"] = "";
    rules[push.at("file").get<std::string>() + ".pb.gz"] = std::move(labels);
  }
  folder_.Write("labels.json", rules.dump());
}

TimePointMs AskedAt() {
  const std::string t0 = test::ReadFile(DataFolder() / "t0.txt");
  return test::At(std::string(Trim(t0)).c_str()) + std::chrono::seconds(2400);
}

}  // namespace pmcp::oracle
