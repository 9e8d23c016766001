// Compares the tables of `pprof -top`, printed in the unit of the profile so
// that no number is rounded, with our ranking of the same profile.
#include <fmt/core.h>
#include <gtest/gtest.h>

#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "tests/pprof/ranking.h"

namespace pmcp::test {
namespace {

// A row of the table: "31ns 4.38% 99.89% 41ns 4.38% sync.(*Mutex).Lock".
struct TopRow {
  std::string flat;
  std::string cum;
  std::string name;
};

struct TopTable {
  std::string path;
  std::string type;
  std::vector<TopRow> rows;
};

// pprof marks the names of functions that were inlined in some or all calls.
std::string WithoutMark(std::string name) {
  for (const std::string_view mark : {" (inline)", " (partial-inline)"}) {
    if (name.ends_with(mark)) name.resize(name.size() - mark.size());
  }
  return name;
}

// "31ns" → "31".
std::string WithoutUnit(const std::string& quantity) {
  return quantity.substr(0, quantity.find_first_not_of("-0123456789."));
}

TopRow ParseRow(const std::string& line) {
  std::istringstream words(line);
  std::string flat, cum, percent, name;
  words >> flat >> percent >> percent >> cum >> percent >> std::ws;
  std::getline(words, name);
  return {WithoutUnit(flat), WithoutUnit(cum), WithoutMark(name)};
}

std::vector<TopTable> ParseTables(const std::vector<std::string>& lines) {
  std::vector<TopTable> tables;
  bool in_rows = false;
  for (const std::string& line : lines) {
    if (line.starts_with("file ")) {
      std::istringstream words(line.substr(5));
      words >> tables.emplace_back().path >> tables.back().type;
      in_rows = false;
    } else if (line.find("flat  flat%   sum%") != std::string::npos) {
      in_rows = true;
    } else if (in_rows) {
      tables.back().rows.push_back(ParseRow(line));
    }
  }
  return tables;
}

// pprof converts an int64 to double before it prints it.
std::string Printed(std::int64_t value) {
  return fmt::format("{:.0f}", static_cast<double>(value));
}

std::size_t IndexOf(const profile::Profile& profile, const std::string& type) {
  std::size_t index = 0;
  while (TypeName(profile, index) != type) ++index;
  return index;
}

void ExpectSameTable(const TopTable& table) {
  profile::Profile profile = ReadProfile(table.path);
  const std::size_t type = IndexOf(profile, table.type);
  const auto samples =
      std::make_shared<const profile::StackSamples>(std::move(profile));
  std::map<std::string, TopRow> ours;
  for (const auto& row : RowsByName(samples, type)) {
    // pprof omits functions without cost.
    if (row.self == 0 && row.total == 0) continue;
    ours[row.name] = {Printed(row.self), Printed(row.total), row.name};
  }
  EXPECT_EQ(ours.size(), table.rows.size());
  for (const TopRow& row : table.rows) {
    SCOPED_TRACE(row.name);
    ASSERT_TRUE(ours.contains(row.name));
    EXPECT_EQ(ours[row.name].flat, row.flat);
    EXPECT_EQ(ours[row.name].cum, row.cum);
  }
}

TEST(PprofTop, SaysTheSame) {
  const auto tables = ParseTables(ReadExpected("top.gz"));
  EXPECT_GE(tables.size(), 20u);
  for (const TopTable& table : tables) {
    SCOPED_TRACE(fmt::format("{} {}", table.path, table.type));
    ExpectSameTable(table);
  }
}

}  // namespace
}  // namespace pmcp::test
