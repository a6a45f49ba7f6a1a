using BenchmarkDotNet.Running;

// dotnet run -c Release --project tests/PgSecurity.Benchmarks -- --filter '*'
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
