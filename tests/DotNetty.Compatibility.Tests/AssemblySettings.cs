// Leak detection and thread counts are the process's: these tests run one after another.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
