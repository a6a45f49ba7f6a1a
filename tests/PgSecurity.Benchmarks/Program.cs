using System;
using BenchmarkDotNet.Running;
using PgSecurity.Benchmarks;

// The table of docs/performance.md: dotnet run -c Release --project tests/PgSecurity.Benchmarks -- figures --write
// Parts of it in detail:            dotnet run -c Release --project tests/PgSecurity.Benchmarks -- --filter '*'
if (args.Length > 0 && args[0] == MemoryFigures.ChildVerb) return MemoryFigures.RunChild(args);
if (args.Length > 0 && args[0] == "figures") return await FigureTable.RunAsync(FigureOptions.Parse(args));
BenchmarkSwitcher.FromAssembly(typeof(FigureTable).Assembly).Run(args);
return 0;
