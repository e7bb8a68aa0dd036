using System.Runtime.Versioning;

// Each test runs programs of its own on few cores, and one of them lowers a server's limits: they take turns.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

// The peers, signals and /proc are Linux's.
[assembly: UnsupportedOSPlatform("windows")]
