using System.Collections.Generic;
using System.Linq;
using PgSecurity.Pipeline;

namespace PgSecurity.Binding;

/// <summary>Completes the name of a profile.</summary>
public sealed class ProfileCompleter : NameCompleter
{
    private protected override IEnumerable<KeyValuePair<string, string>> Names(RunspaceState state, string typed) =>
        state.Library.Profiles.Select(profile => new KeyValuePair<string, string>(profile.Name, profile.Title));
}
