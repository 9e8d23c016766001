package record

import (
	"bytes"
	"runtime"
	"runtime/pprof"
	"strings"

	"github.com/google/pprof/profile"
)

// snapshots returns the profiles as they are now, not decoded: that would
// allocate, and be seen in the heap profile.
func snapshots(kinds []string) map[string][]byte {
	runtime.GC() // the heap profile tells the state of the last collection
	taken := map[string][]byte{}
	for _, kind := range kinds {
		taken[kind] = snapshot(kind)
	}
	return taken
}

func snapshot(kind string) []byte {
	var out bytes.Buffer
	if err := pprof.Lookup(kind).WriteTo(&out, 0); err != nil {
		panic(err) // a buffer takes everything
	}
	return out.Bytes()
}

// delta returns what came between two snapshots. What is in use is a level, not
// a sum, and stays as the second one has it.
func delta(before, after []byte) (*profile.Profile, error) {
	first, err := profile.ParseData(before)
	if err != nil {
		return nil, err
	}
	second, err := profile.ParseData(after)
	if err != nil {
		return nil, err
	}
	ratios := make([]float64, len(first.SampleType))
	for i, t := range first.SampleType {
		if !strings.HasPrefix(t.Type, "inuse_") {
			ratios[i] = -1
		}
	}
	if err := first.ScaleN(ratios); err != nil {
		return nil, err
	}
	return profile.Merge([]*profile.Profile{first, second})
}
