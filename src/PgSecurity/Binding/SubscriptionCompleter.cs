using System.Collections.Generic;
using System.Linq;
using PgSecurity.Pipeline;

namespace PgSecurity.Binding;

/// <summary>Completes a subscription that the connection sees: by its display name, or by its id once a part of that is typed.</summary>
public sealed class SubscriptionCompleter : NameCompleter
{
    private protected override IEnumerable<KeyValuePair<string, string>> Names(RunspaceState state, string typed)
    {
        if (state.Connection is null) return [];
        IReadOnlyList<KeyValuePair<string, string>> known = state.Connection.Names.Get().Subscriptions;
        IEnumerable<KeyValuePair<string, string>> byName = known.Select(subscription => new KeyValuePair<string, string>(subscription.Value, subscription.Key));
        return typed.Length == 0 ? byName : byName.Concat(known);
    }
}
