using System.Runtime.Versioning;

// Each test runs programs of its own on few cores: they take turns.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

// The signals are Linux's.
[assembly: UnsupportedOSPlatform("windows")]
