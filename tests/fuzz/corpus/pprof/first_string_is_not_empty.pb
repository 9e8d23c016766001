2cpu2ns
