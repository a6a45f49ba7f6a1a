using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Pipeline;

namespace PgSecurity.Binding;

/// <summary>Completes a resource group that holds servers the connection sees.</summary>
public sealed class ResourceGroupCompleter : NameCompleter
{
    private protected override IEnumerable<KeyValuePair<string, string>> Names(RunspaceState state, string typed) =>
        state.Connection is null
            ? []
            : state.Connection.Names.Get().Servers
                .GroupBy(server => server.ResourceGroupName, StringComparer.OrdinalIgnoreCase)
                .OrderBy(group => group.Key, StringComparer.OrdinalIgnoreCase)
                .Select(group => new KeyValuePair<string, string>(group.Key, $"{group.Count()} servers"));
}
