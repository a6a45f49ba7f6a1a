using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Sandbox;

namespace PgSecurity.Azure.Tests.Remediation;

/// <summary>A request of a run at which something can go wrong: the n-th of those with a method and a path.</summary>
internal sealed record FaultPlace(string Method, string Path, int From)
{
    /// <summary>The collections that operations are polled in: flexible servers', and the network's.</summary>
    private static readonly string[] Polled = { "azureAsyncOperation", "operations" };

    /// <summary>Every writing request that a sandbox has seen, and every poll of an operation.</summary>
    internal static IReadOnlyList<FaultPlace> Of(SandboxArm sandbox)
    {
        List<FaultPlace> places = sandbox.Writes
            .GroupBy(write => (write.Method, write.Path))
            .SelectMany(group => group.Select((_, index) => new FaultPlace(group.Key.Method, group.Key.Path, index + 1)))
            .ToList();
        foreach (string collection in Polled)
        {
            int polls = sandbox.Requests.ByKind
                .Where(kind => kind.Key.StartsWith("GET ", StringComparison.Ordinal) && kind.Key.EndsWith($"/locations/*/{collection}/*", StringComparison.OrdinalIgnoreCase))
                .Sum(kind => kind.Value);
            places.AddRange(Enumerable.Range(1, polls).Select(number => new FaultPlace("GET", $"*/{collection}/*", number)));
        }

        return places;
    }

    /// <summary>Every read of a server and what hangs on it.</summary>
    internal static IReadOnlyList<FaultPlace> ReadsOf(SandboxArm sandbox)
    {
        int reads = sandbox.Requests.ByKind
            .Where(kind => kind.Key.StartsWith("GET Microsoft.DBforPostgreSQL/flexibleServers/*", StringComparison.OrdinalIgnoreCase))
            .Sum(kind => kind.Value);
        return Enumerable.Range(1, reads).Select(number => new FaultPlace("GET", "*/flexibleServers/*", number)).ToList();
    }
}
