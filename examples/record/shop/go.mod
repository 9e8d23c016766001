module shop

go 1.26.0

// Only record/ needs it: to subtract two heap profiles and to move a profile in time.
require github.com/google/pprof v0.0.0-20261016150608-1facf8f91b50
