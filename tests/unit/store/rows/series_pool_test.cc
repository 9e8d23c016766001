#include "store/rows/series_pool.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace pmcp::store {
namespace {

FileRows RowsOf(const std::string& service) {
  profile::Labels labels;
  labels.Set("service_name", service);
  FileRows rows;
  rows.process = std::make_shared<const profile::Labels>(labels);
  rows.rows.push_back(
      {.series = std::make_shared<const SeriesKey>(MakeSeriesKey(labels, {}))});
  return rows;
}

TEST(SeriesPool, EqualKeysBecomeOne) {
  SeriesPool pool;
  FileRows a = RowsOf("shop");
  FileRows b = RowsOf("shop");
  FileRows c = RowsOf("cart");
  for (FileRows* rows : {&a, &b, &c}) pool.Share(*rows);
  EXPECT_EQ(a.rows[0].series, b.rows[0].series);
  EXPECT_NE(a.rows[0].series, c.rows[0].series);
  EXPECT_EQ(pool.size(), 2u);
}

TEST(SeriesPool, ForgetsWhatNoRowHas) {
  SeriesPool pool;
  FileRows kept = RowsOf("shop");
  pool.Share(kept);
  {
    FileRows gone = RowsOf("cart");
    pool.Share(gone);
  }
  pool.DropUnused();
  EXPECT_EQ(pool.size(), 1u);
}

}  // namespace
}  // namespace pmcp::store
