#include "app/compose.h"

#include <memory>
#include <utility>
#include <vector>

#include "store/directory_source.h"

namespace pmcp::app {

source::Sources MakeSources(const Config& config, const Clock& clock) {
  std::vector<source::NamedSource> all;
  if (!config.profiles_dir.empty()) {
    all.push_back({"local", std::make_unique<store::DirectorySource>(
                                store::DirectoryOptions{
                                    .folder = config.profiles_dir,
                                    .cache_bytes = config.store_memory_bytes},
                                clock)});
  }
  return source::Sources(std::move(all));
}

}  // namespace pmcp::app
