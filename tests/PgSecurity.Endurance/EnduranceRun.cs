using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using PgSecurity.Endurance.Rounds;
using PgSecurity.Endurance.Sampling;

namespace PgSecurity.Endurance;

/// <summary>Round after round, with a sample every so often, and the verdict at the end.</summary>
internal sealed class EnduranceRun : IDisposable
{
    /// <summary>How many samples a run by time has, about.</summary>
    private const int Samples = 160;

    /// <summary>The sandbox remembers every write that it took, so there is a new one now and then: the old one ends with connections open.</summary>
    private const int RoundsOfSandbox = 150;

    private readonly EnduranceOptions _options;
    private readonly TextWriter _output;
    private readonly string _temporary = Directory.CreateTempSubdirectory("pgsecurity-endurance-").FullName;
    private readonly Doorstep _doorstep = new();
    private readonly RunspaceLedger _ledger = new();
    private readonly Random _random;
    private readonly RoundRunner _runner;
    private readonly FlatnessTable _table;
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly List<string> _wrong = new();
    private readonly Queue<Round> _next = new();
    private SandboxProcess _sandbox = SandboxProcess.Start();
    private int _rounds;

    public EnduranceRun(EnduranceOptions options, TextWriter output)
    {
        _options = options;
        _output = output;
        _random = new Random(options.Seed);
        _runner = new RoundRunner(_ledger, _doorstep, _random);

        // Whatever the module writes to the folder of temporary files is counted, and nobody else's.
        foreach (string variable in (string[])["TMPDIR", "TEMP", "TMP"]) Environment.SetEnvironmentVariable(variable, _temporary);
        _table = new FlatnessTable(ProcessGauges.All(_ledger, _temporary, () => [_sandbox.Address.Port, _doorstep.Port], () => _sandbox.Id));
    }

    /// <summary>Runs to the end, and writes what was seen.</summary>
    /// <returns>Whether everything was flat and every round was right.</returns>
    public bool ToItsEnd()
    {
        Stopwatch watch = Stopwatch.StartNew();
        TimeSpan between = (_options.Duration ?? TimeSpan.Zero) / Samples;
        TimeSpan sampled = TimeSpan.Zero;
        while (_options.Duration is TimeSpan duration ? watch.Elapsed < duration : _rounds < _options.Rounds)
        {
            RunNext();
            if (watch.Elapsed - sampled < between) continue;
            _table.Take();
            sampled = watch.Elapsed;
            if (_table.Samples % 20 == 0) _table.Write(_output, _rounds);
        }

        return Report(watch.Elapsed);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _runner.Dispose();
        _doorstep.Dispose();
        _sandbox.Dispose();
        Directory.Delete(_temporary, recursive: true);
    }

    private void RunNext()
    {
        if (_rounds > 0 && _rounds % RoundsOfSandbox == 0)
        {
            _sandbox.Dispose();
            _sandbox = SandboxProcess.Start();
        }

        if (_next.Count == 0)
        {
            foreach (Round one in RoundCatalogue.All.Where(one => _options.Only is null || one.Name == _options.Only).OrderBy(_ => _random.Next())) _next.Enqueue(one);
        }

        Round round = _next.Dequeue();
        _rounds++;
        _counts[round.Name] = _counts.GetValueOrDefault(round.Name) + 1;
        if (_runner.Run(round, _sandbox.Address) is not string wrong) return;
        _wrong.Add(FormattableString.Invariant($"Round {_rounds}, {round.Name}: {wrong}"));
        _output.WriteLine(_wrong[^1]);
    }

    private bool Report(TimeSpan time)
    {
        _output.WriteLine(FormattableString.Invariant($"{_rounds} rounds in {time.TotalMinutes:0.0} minutes, seed {_options.Seed}, {_wrong.Count} went wrong"));
        foreach (KeyValuePair<string, int> count in _counts.OrderBy(pair => pair.Key, StringComparer.Ordinal)) _output.WriteLine($"- {count.Key}: {count.Value}");
        bool flat = _table.Write(_output, _rounds);
        _output.Flush();
        return flat && _wrong.Count == 0;
    }
}
