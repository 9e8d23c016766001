#include "pyroscope/wire/wire_series.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <limits>
#include <protozero/pbf_reader.hpp>
#include <span>
#include <utility>

#include "pyroscope/wire/wire_labels.h"
#include "pyroscope/wire/wire_reader.h"

namespace pmcp::pyroscope {
namespace {

using profile::Exemplar;
using profile::HeatmapSeries;
using profile::HeatmapSlot;
using profile::kHeatmapBuckets;
using profile::Point;
using profile::Series;
using protozero::pbf_reader;
using protozero::pbf_wire_type;

TimePointMs ToTime(std::int64_t unix_ms) {
  return TimePointMs(std::chrono::milliseconds(unix_ms));
}

Exemplar ReadExemplar(pbf_reader message, WireReader& reader) {
  Exemplar exemplar;
  while (reader.Next(message)) {
    switch (message.tag()) {
      case 1:
        exemplar.timestamp =
            ToTime(reader.Signed(message, "exemplars.timestamp"));
        break;
      case 2:
        exemplar.profile_id = reader.Text(message, "exemplars.profile_id");
        break;
      case 3:
        exemplar.span_id = reader.Text(message, "exemplars.span_id");
        break;
      case 4:
        exemplar.value = reader.Signed(message, "exemplars.value");
        break;
      case 5:
        exemplar.labels.push_back(
            ReadLabel(reader.Message(message, "exemplars.labels"), reader));
        break;
      case 6:
        exemplar.trace_id = reader.Text(message, "exemplars.trace_id");
        break;
      default:
        message.skip();
    }
  }
  return exemplar;
}

void AddExemplar(pbf_reader& message, WireReader& reader,
                 std::vector<Exemplar>& exemplars) {
  if (!reader.Charge(sizeof(Exemplar))) return;
  exemplars.push_back(
      ReadExemplar(reader.Message(message, "exemplars"), reader));
}

Point ReadPoint(pbf_reader message, WireReader& reader) {
  Point point;
  while (reader.Next(message)) {
    switch (message.tag()) {
      case 1:
        point.value = reader.Double(message, "series.points.value");
        break;
      case 2:
        point.timestamp =
            ToTime(reader.Signed(message, "series.points.timestamp"));
        break;
      case 4:
        AddExemplar(message, reader, point.exemplars);
        break;
      default:
        message.skip();
    }
  }
  return point;
}

Series ReadSeries(pbf_reader message, WireReader& reader) {
  Series series;
  while (reader.Next(message)) {
    switch (message.tag()) {
      case 1:
        series.labels.push_back(
            ReadLabel(reader.Message(message, "series.labels"), reader));
        break;
      case 2:
        if (!reader.Charge(sizeof(Point))) break;
        series.points.push_back(
            ReadPoint(reader.Message(message, "series.points"), reader));
        break;
      default:
        message.skip();
    }
  }
  return series;
}

// Fills an array of a slot from a repeated field, packed or not.
template <typename T>
class BucketReader {
 public:
  BucketReader(std::span<T, kHeatmapBuckets> buckets, std::string_view path,
               WireReader& reader)
      : buckets_(buckets), path_(path), reader_(reader) {}

  template <typename GetOne, typename GetPacked>
  void Read(pbf_reader& message, GetOne get_one, GetPacked get_packed) {
    if (message.wire_type() != pbf_wire_type::length_delimited) {
      Add(get_one(message));
      return;
    }
    for (const auto value : get_packed(message)) {
      if (reader_.error()) return;
      Add(static_cast<T>(value));
    }
  }

  void CheckFull() {
    if (count_ != kHeatmapBuckets) {
      reader_.Fail(path_, "does not have the number of buckets of a heatmap");
    }
  }

 private:
  void Add(T value) {
    if (count_ < kHeatmapBuckets) buckets_[count_] = value;
    if (++count_ > kHeatmapBuckets) CheckFull();
  }

  std::span<T, kHeatmapBuckets> buckets_;
  std::string_view path_;
  WireReader& reader_;
  std::size_t count_ = 0;
};

HeatmapSlot ReadSlot(pbf_reader message, WireReader& reader) {
  HeatmapSlot slot;
  BucketReader<double> bounds(slot.lower_bounds, "series.slots.y_min", reader);
  BucketReader<std::int32_t> counts(slot.counts, "series.slots.counts", reader);
  while (reader.Next(message)) {
    switch (message.tag()) {
      case 1:
        slot.timestamp =
            ToTime(reader.Signed(message, "series.slots.timestamp"));
        break;
      case 2:
        bounds.Read(
            message,
            [&](pbf_reader& m) {
              return reader.Double(m, "series.slots.y_min");
            },
            [](pbf_reader& m) { return m.get_packed_double(); });
        break;
      case 3:
        counts.Read(
            message,
            [&](pbf_reader& m) {
              return static_cast<std::int32_t>(
                  reader.Number(m, "series.slots.counts"));
            },
            [](pbf_reader& m) { return m.get_packed_int32(); });
        break;
      case 4:
        AddExemplar(message, reader, slot.exemplars);
        break;
      default:
        message.skip();
    }
  }
  bounds.CheckFull();
  counts.CheckFull();
  return slot;
}

HeatmapSeries ReadHeatmapSeries(pbf_reader message, WireReader& reader) {
  HeatmapSeries series;
  while (reader.Next(message)) {
    switch (message.tag()) {
      case 1:
        series.labels.push_back(
            ReadLabel(reader.Message(message, "series.labels"), reader));
        break;
      case 2:
        if (!reader.Charge(sizeof(HeatmapSlot))) break;
        series.slots.push_back(
            ReadSlot(reader.Message(message, "series.slots"), reader));
        break;
      default:
        message.skip();
    }
  }
  return series;
}

// Both answers consist of a list of series only.
template <typename T>
Result<std::vector<T>> DecodeAll(std::string_view endpoint,
                                 std::string_view message,
                                 T (*read)(pbf_reader, WireReader&),
                                 const WireLimits& limits = {}) {
  std::vector<T> all;
  PMCP_TRY_VOID(ReadAnswer(
      endpoint,
      [&](WireReader& reader) {
        pbf_reader fields(message.data(), message.size());
        while (reader.Next(fields)) {
          if (fields.tag() != 1) {
            fields.skip();
          } else if (reader.Charge(sizeof(T))) {
            all.push_back(read(reader.Message(fields, "series"), reader));
          }
        }
      },
      limits));
  return all;
}

}  // namespace

Result<std::vector<Series>> DecodeSelectSeries(std::string_view message,
                                               const WireLimits& limits) {
  return DecodeAll<Series>("SelectSeries", message, ReadSeries, limits);
}

Result<std::vector<HeatmapSeries>> DecodeSelectHeatmap(
    std::string_view message) {
  auto all =
      DecodeAll<HeatmapSeries>("SelectHeatmap", message, ReadHeatmapSeries);
  if (!all.ok()) return all;
  // The server does not sort them.
  for (HeatmapSeries& series : *all) {
    for (HeatmapSlot& slot : series.slots) {
      std::ranges::stable_sort(slot.exemplars, std::greater(),
                               &Exemplar::value);
    }
  }
  return all;
}

}  // namespace pmcp::pyroscope
