using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;

namespace PgSecurity.Azure.Inventory;

/// <summary>What is asked for once in a run, whoever needs it first; the others wait for the same answer.</summary>
/// <typeparam name="T">What it gives.</typeparam>
internal sealed class SharedFact<T>
{
    private readonly Lazy<Task<T>> _answer;

    internal SharedFact(Func<Task<T>> ask) => _answer = new Lazy<Task<T>>(ask, LazyThreadSafetyMode.ExecutionAndPublication);

    /// <summary>The answer.</summary>
    internal Task<T> Value => _answer.Value;
}

/// <summary>Shared facts by a key.</summary>
/// <typeparam name="T">What they give.</typeparam>
internal sealed class SharedFacts<T>
{
    private readonly ConcurrentDictionary<string, SharedFact<T>> _facts = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The answer for a key.</summary>
    internal Task<T> Of(string key, Func<Task<T>> ask) => _facts.GetOrAdd(key, _ => new SharedFact<T>(ask)).Value;
}
