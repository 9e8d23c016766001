// Counters: which profiles count since the start of one process, so that a
// later one contains the earlier ones. Such profiles are not added up. Each
// stands for what it added to the one before. Pure.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "store/ingest/file_rows.h"

namespace pmcp::store {

/// One file.
struct StoredFile {
  std::string path;  // the value of its label __file__; valid UTF-8
  std::shared_ptr<const FileRows> rows;  // shared with later states
};

/// How the counters of a file are to be read.
enum class CounterPlace : std::uint8_t {
  kNone,     // it has none
  kAlone,    // nothing of its process continues it
  kApart,    // one of several that do not grow like counters of one process
  kFirst,    // the first profile of a process
  kNext,     // continues `previous`
  kRestart,  // the first one after a restart of the process
};

struct FileCounters {
  CounterPlace place = CounterPlace::kNone;
  /// A number of FileRows::process, the labels of the process.
  std::uint32_t process = 0;
  /// For kNext, the index of the file that it continues.
  std::uint32_t previous = 0;
};

/// For each file. Profiles of one process and moment have the same place.
///
/// Files with equal labels may still be of several processes, as their vDSOs
/// tell. They are read as counters if at least half of them, and one, continue
/// the profile before them (CounterSketch). The others then come after a
/// restart, as does a process that starts when no other with its labels runs.
std::vector<FileCounters> FindCounters(const std::vector<StoredFile>& files);

}  // namespace pmcp::store
