#include "pyroscope/connect/json_schema.h"

namespace pmcp::pyroscope {
namespace {

using enum JsonType;

// The messages of querier.v1 (docs/pyroscope-behavior.md, "Messages"); each
// stands before those that hold it.

constexpr JsonField kCallSite[] = {{1, "name"}};
constexpr JsonMessage kCallSiteOf{kCallSite};
constexpr JsonField kGoPgo[] = {{1, "keepLocations", kNumber},
                                {2, "aggregateCallees", kNumber}};
constexpr JsonMessage kGoPgoOf{kGoPgo};
constexpr JsonField kSelector[] = {
    {1, "callSite", kMessage, true, &kCallSiteOf},
    {2, "goPgo", kMessage, false, &kGoPgoOf}};
constexpr JsonMessage kSelectorOf{kSelector};

constexpr JsonField kRange[] = {{1, "start", kNumber}, {2, "end", kNumber}};
constexpr JsonField kNamesRequest[] = {
    {1, "matchers", kText, true}, {2, "start", kNumber}, {3, "end", kNumber}};
constexpr JsonField kValuesRequest[] = {{1, "name"},
                                        {2, "matchers", kText, true},
                                        {3, "start", kNumber},
                                        {4, "end", kNumber}};
constexpr JsonField kSeriesRequest[] = {{1, "matchers", kText, true},
                                        {2, "labelNames", kText, true},
                                        {3, "start", kNumber},
                                        {4, "end", kNumber}};
constexpr JsonField kStacksRequest[] = {
    {1, "profileTypeID"},
    {2, "labelSelector"},
    {3, "start", kNumber},
    {4, "end", kNumber},
    {5, "maxNodes", kNumber},
    {6, "format", kNumber},
    {7, "stackTraceSelector", kMessage, false, &kSelectorOf},
    {8, "profileIdSelector", kText, true},
    {10, "traceIdSelector", kText, true},
    {11, "spanSelector", kText, true}};
constexpr JsonField kSpansRequest[] = {{1, "profileTypeID"},
                                       {2, "labelSelector"},
                                       {3, "spanSelector", kText, true},
                                       {4, "start", kNumber},
                                       {5, "end", kNumber},
                                       {6, "maxNodes", kNumber},
                                       {7, "format", kNumber}};
constexpr JsonField kMergeRequest[] = {
    {1, "profileTypeID"},
    {2, "labelSelector"},
    {3, "start", kNumber},
    {4, "end", kNumber},
    {5, "maxNodes", kNumber},
    {6, "stackTraceSelector", kMessage, false, &kSelectorOf},
    {7, "profileIdSelector", kText, true},
    {8, "traceIdSelector", kText, true}};
constexpr JsonField kSelectSeriesRequest[] = {
    {1, "profileTypeID"},
    {2, "labelSelector"},
    {3, "start", kNumber},
    {4, "end", kNumber},
    {5, "groupBy", kText, true},
    {6, "step", kDouble},
    {7, "aggregation", kNumber},
    {8, "stackTraceSelector", kMessage, false, &kSelectorOf},
    {9, "limit", kNumber},
    {10, "exemplarType", kNumber}};
constexpr JsonField kHeatmapRequest[] = {
    {1, "profileTypeID"},      {2, "labelSelector"},
    {3, "start", kNumber},     {4, "end", kNumber},
    {5, "step", kDouble},      {6, "groupBy", kText, true},
    {7, "queryType", kNumber}, {8, "exemplarType", kNumber},
    {9, "limit", kNumber}};

constexpr JsonField kLabel[] = {{1, "name"}, {2, "value"}};
constexpr JsonMessage kLabelOf{kLabel};
constexpr JsonField kLabels[] = {{1, "labels", kMessage, true, &kLabelOf}};
constexpr JsonMessage kLabelsOf{kLabels};
constexpr JsonField kProfileType[] = {{1, "ID"},         {2, "name"},
                                      {4, "sampleType"}, {5, "sampleUnit"},
                                      {6, "periodType"}, {7, "periodUnit"}};
constexpr JsonMessage kProfileTypeOf{kProfileType};
constexpr JsonField kExemplar[] = {{1, "timestamp", kNumber},
                                   {2, "profileId"},
                                   {3, "spanId"},
                                   {4, "value", kNumber},
                                   {5, "labels", kMessage, true, &kLabelOf},
                                   {6, "traceId"}};
constexpr JsonMessage kExemplarOf{kExemplar};
constexpr JsonField kPoint[] = {{1, "value", kDouble},
                                {2, "timestamp", kNumber},
                                {4, "exemplars", kMessage, true, &kExemplarOf}};
constexpr JsonMessage kPointOf{kPoint};
constexpr JsonField kSeries[] = {{1, "labels", kMessage, true, &kLabelOf},
                                 {2, "points", kMessage, true, &kPointOf}};
constexpr JsonMessage kSeriesOf{kSeries};
constexpr JsonField kSlot[] = {{1, "timestamp", kNumber},
                               {2, "yMin", kDouble, true},
                               {3, "counts", kNumber, true},
                               {4, "exemplars", kMessage, true, &kExemplarOf}};
constexpr JsonMessage kSlotOf{kSlot};
constexpr JsonField kHeatmapSeries[] = {
    {1, "labels", kMessage, true, &kLabelOf},
    {2, "slots", kMessage, true, &kSlotOf}};
constexpr JsonMessage kHeatmapSeriesOf{kHeatmapSeries};
constexpr JsonField kLevel[] = {{1, "values", kNumber, true}};
constexpr JsonMessage kLevelOf{kLevel};
constexpr JsonField kFlamegraph[] = {{1, "names", kText, true},
                                     {2, "levels", kMessage, true, &kLevelOf},
                                     {3, "total", kNumber},
                                     {4, "maxSelf", kNumber}};
constexpr JsonMessage kFlamegraphOf{kFlamegraph};

// google.v1.Profile, which is pprof's.
constexpr JsonField kValueType[] = {{1, "type", kNumber}, {2, "unit", kNumber}};
constexpr JsonMessage kValueTypeOf{kValueType};
constexpr JsonField kSampleLabel[] = {{1, "key", kNumber},
                                      {2, "str", kNumber},
                                      {3, "num", kNumber},
                                      {4, "numUnit", kNumber}};
constexpr JsonMessage kSampleLabelOf{kSampleLabel};
constexpr JsonField kSample[] = {{1, "locationId", kNumber, true},
                                 {2, "value", kNumber, true},
                                 {3, "label", kMessage, true, &kSampleLabelOf}};
constexpr JsonMessage kSampleOf{kSample};
constexpr JsonField kMapping[] = {{1, "id", kNumber},
                                  {2, "memoryStart", kNumber},
                                  {3, "memoryLimit", kNumber},
                                  {4, "fileOffset", kNumber},
                                  {5, "filename", kNumber},
                                  {6, "buildId", kNumber},
                                  {7, "hasFunctions", kNumber},
                                  {8, "hasFilenames", kNumber},
                                  {9, "hasLineNumbers", kNumber},
                                  {10, "hasInlineFrames", kNumber}};
constexpr JsonMessage kMappingOf{kMapping};
constexpr JsonField kLine[] = {
    {1, "functionId", kNumber}, {2, "line", kNumber}, {3, "column", kNumber}};
constexpr JsonMessage kLineOf{kLine};
constexpr JsonField kLocation[] = {{1, "id", kNumber},
                                   {2, "mappingId", kNumber},
                                   {3, "address", kNumber},
                                   {4, "line", kMessage, true, &kLineOf},
                                   {5, "isFolded", kNumber}};
constexpr JsonMessage kLocationOf{kLocation};
constexpr JsonField kFunction[] = {{1, "id", kNumber},
                                   {2, "name", kNumber},
                                   {3, "systemName", kNumber},
                                   {4, "filename", kNumber},
                                   {5, "startLine", kNumber}};
constexpr JsonMessage kFunctionOf{kFunction};
constexpr JsonField kProfile[] = {
    {1, "sampleType", kMessage, true, &kValueTypeOf},
    {2, "sample", kMessage, true, &kSampleOf},
    {3, "mapping", kMessage, true, &kMappingOf},
    {4, "location", kMessage, true, &kLocationOf},
    {5, "function", kMessage, true, &kFunctionOf},
    {6, "stringTable", kText, true},
    {7, "dropFrames", kNumber},
    {8, "keepFrames", kNumber},
    {9, "timeNanos", kNumber},
    {10, "durationNanos", kNumber},
    {11, "periodType", kMessage, false, &kValueTypeOf},
    {12, "period", kNumber},
    {13, "comment", kNumber, true},
    {14, "defaultSampleType", kNumber}};
constexpr JsonMessage kProfileOf{kProfile};
constexpr JsonField kPprof[] = {{1, "profile", kMessage, false, &kProfileOf}};
constexpr JsonMessage kPprofOf{kPprof};

constexpr JsonField kTypesAnswer[] = {
    {1, "profileTypes", kMessage, true, &kProfileTypeOf}};
constexpr JsonField kNamesAnswer[] = {{1, "names", kText, true}};
constexpr JsonField kSetsAnswer[] = {
    {2, "labelsSet", kMessage, true, &kLabelsOf}};
constexpr JsonField kStacksAnswer[] = {
    {1, "flamegraph", kMessage, false, &kFlamegraphOf},
    {2, "tree", kBytes},
    {5, "pprof", kMessage, false, &kPprofOf}};
constexpr JsonField kSeriesAnswer[] = {
    {1, "series", kMessage, true, &kSeriesOf}};
constexpr JsonField kHeatmapAnswer[] = {
    {1, "series", kMessage, true, &kHeatmapSeriesOf}};
constexpr JsonField kStatsAnswer[] = {{1, "dataIngested", kNumber},
                                      {2, "oldestProfileTime", kNumber},
                                      {3, "newestProfileTime", kNumber}};

constexpr struct {
  std::string_view name;
  JsonMessage request;
  JsonMessage answer;
} kRows[] = {
    {"ProfileTypes", {kRange}, {kTypesAnswer}},
    {"LabelNames", {kNamesRequest}, {kNamesAnswer}},
    {"LabelValues", {kValuesRequest}, {kNamesAnswer}},
    {"Series", {kSeriesRequest}, {kSetsAnswer}},
    {"SelectMergeStacktraces", {kStacksRequest}, {kStacksAnswer}},
    {"SelectMergeSpanProfile", {kSpansRequest}, {kStacksAnswer}},
    {"SelectMergeProfile", {kMergeRequest}, {kProfile}},
    {"SelectSeries", {kSelectSeriesRequest}, {kSeriesAnswer}},
    {"SelectHeatmap", {kHeatmapRequest}, {kHeatmapAnswer}},
    {"GetProfileStats", {{}}, {kStatsAnswer}},
};

}  // namespace

const JsonField* JsonMessage::Find(std::uint32_t tag) const {
  for (const JsonField& field : fields) {
    if (field.tag == tag) return &field;
  }
  return nullptr;
}

const JsonField* JsonMessage::Find(std::string_view name) const {
  for (const JsonField& field : fields) {
    if (field.name == name) return &field;
  }
  return nullptr;
}

std::optional<JsonMethod> FindJsonMethod(std::string_view name) {
  for (const auto& row : kRows) {
    if (row.name == name) return JsonMethod{&row.request, &row.answer};
  }
  return std::nullopt;
}

}  // namespace pmcp::pyroscope
