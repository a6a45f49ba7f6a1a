using System;
using System.Collections.Generic;

namespace PgSecurity.Sandbox.Faults;

/// <summary>The rules in force, tried in their order; the first that strikes is the request's only fault. Safe for many threads.</summary>
public sealed class FaultPlan
{
    private readonly object _gate = new();
    private readonly List<Entry> _entries = new();
    private readonly Random _random;

    internal FaultPlan(int seed) => _random = new Random(seed);

    /// <summary>Adds a rule; it counts requests from now on.</summary>
    public void Add(FaultRule rule)
    {
        lock (_gate)
        {
            _entries.Add(new Entry(rule));
        }
    }

    /// <summary>Takes all rules out.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _entries.Clear();
        }
    }

    /// <summary>How often rules have struck.</summary>
    public int Strikes { get; private set; }

    internal FaultRule? Next(string method, string path)
    {
        lock (_gate)
        {
            FaultRule? struck = null;
            foreach (Entry entry in _entries)
            {
                FaultRule rule = entry.Rule;
                if (rule.Method is not null && !string.Equals(rule.Method, method, StringComparison.OrdinalIgnoreCase)) continue;
                if (rule.Path is not null && !Wildcard.Matches(rule.Path, path)) continue;
                entry.Seen++;
                if (struck is not null || entry.Seen < rule.From) continue;
                if (rule.Times is int times && entry.Struck >= times) continue;
                if (rule.Probability < 1 && _random.NextDouble() >= rule.Probability) continue;
                entry.Struck++;
                struck = rule;
            }

            if (struck is not null) Strikes++;
            return struck;
        }
    }

    private sealed class Entry
    {
        internal Entry(FaultRule rule) => Rule = rule;

        internal FaultRule Rule { get; }

        internal int Seen { get; set; }

        internal int Struck { get; set; }
    }
}
