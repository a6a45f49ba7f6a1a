using Xunit;

// Gauges read the whole process.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
