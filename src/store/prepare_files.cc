#include "store/prepare_files.h"

#include "profile/words/wrapping_add.h"
#include "store/rows/sample_picks.h"

namespace pmcp::store {

Picks Pick(const ProfileStore& store, const SearchedFile& file,
           const source::SampleSelection& wanted) {
  Picks picks;
  for (const StoredRow* row : file.rows) {
    PickSamples(*file.samples, store.FileRowOf(*row), wanted, picks);
  }
  return picks;
}

std::optional<PickedProfile> ReadPicked(const FolderIndex& index,
                                        const Snapshot& snapshot,
                                        const SearchedFile& file,
                                        const source::SampleSelection& wanted) {
  PickedProfile picked{nullptr, Pick(snapshot.store, file, wanted)};
  if (picked.picks.empty()) return std::nullopt;
  if (file.subtracts) {
    for (profile::SamplePick& pick : picked.picks) {
      pick.value = profile::WrappingSubtract(0, pick.value);
    }
  }
  if (auto read = index.ReadProfile(snapshot.files[file.file]); read.ok()) {
    picked.profile = std::make_unique<profile::Profile>(*std::move(read));
  }
  return picked;
}

}  // namespace pmcp::store
