// Package record writes what the Go runtime knows of the running program, as
// an agent that profiles all the time would send it: one file for each kind and
// round, each with what happened in that round only.
package record

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/pprof"
	"time"

	"github.com/google/pprof/profile"
)

// counted are the profiles that the runtime adds up from the program's start.
var counted = []string{"heap", "mutex", "block"}

// Recorder names the files and says what time they tell.
type Recorder struct {
	Dir     string
	Release string
	Pod     string
	Start   time.Time     // the time that the first round's profiles tell
	Step    time.Duration // and how much later each next round's are
}

// Enable switches on the kinds that the runtime leaves off.
func Enable() {
	runtime.MemProfileRate = 128 << 10
	runtime.SetMutexProfileFraction(1)
	runtime.SetBlockProfileRate(int(10 * time.Microsecond))
}

// Round records while run runs. length is about how long that takes.
func (r *Recorder) Round(number int, length time.Duration, run func()) error {
	began := time.Now()
	before := snapshots(counted)
	goroutines := make(chan []byte, 1)
	time.AfterFunc(length/2, func() { goroutines <- snapshot("goroutine") })
	var cpu bytes.Buffer
	if err := pprof.StartCPUProfile(&cpu); err != nil {
		return err
	}
	run()
	pprof.StopCPUProfile()
	after := snapshots(counted)
	took := time.Since(began)

	files := map[string]*profile.Profile{}
	var err error
	if files["cpu"], err = profile.ParseData(cpu.Bytes()); err != nil {
		return err
	}
	if files["goroutine"], err = profile.ParseData(<-goroutines); err != nil {
		return err
	}
	for _, kind := range counted {
		if files[kind], err = delta(before[kind], after[kind]); err != nil {
			return err
		}
		files[kind].DurationNanos = int64(took)
	}
	return r.write(number, files)
}

func (r *Recorder) write(round int, files map[string]*profile.Profile) error {
	for kind, p := range files {
		p.TimeNanos = r.Start.Add(time.Duration(round) * r.Step).UnixNano()
		for _, m := range p.Mapping {
			m.File = filepath.Base(m.File) // not where on this machine
		}
		var out bytes.Buffer
		if err := p.Write(&out); err != nil {
			return err
		}
		name := fmt.Sprintf("%s.%s.%s.r%d.pb.gz", kind, r.Release, r.Pod, round)
		if err := os.WriteFile(filepath.Join(r.Dir, name), out.Bytes(), 0o644); err != nil {
			return err
		}
	}
	return nil
}
