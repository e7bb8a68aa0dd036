using System.Runtime.Versioning;

// Each test runs programs of its own on few cores, and most of the time waits for them. Those that measure take turns, when the others are done.
[assembly: CollectionBehavior(MaxParallelThreads = 3)]

// The peers, signals and /proc are Linux's.
[assembly: UnsupportedOSPlatform("windows")]
