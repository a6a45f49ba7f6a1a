using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Findings;

/// <summary>The conditions under which controls apply. Many controls have the same one: on a posture it is decided once.</summary>
internal sealed class SharedConditions
{
    private readonly Dictionary<CompiledApplicability, int> _places = new();
    private readonly int _count;

    /// <summary>Those of some controls.</summary>
    public SharedConditions(IEnumerable<CompiledControl> controls)
    {
        Dictionary<string, int> places = new(StringComparer.Ordinal);
        foreach (CompiledApplicability condition in controls.SelectMany(control => control.AppliesTo))
        {
            if (!places.TryGetValue(condition.Meaning, out int place)) places[condition.Meaning] = place = places.Count;
            _places[condition] = place;
        }

        _count = places.Count;
    }

    /// <summary>Their verdicts on a posture, each made when it is first asked for.</summary>
    public Verdicts On(Posture posture) => new(this, posture);

    /// <summary>The verdicts on one posture.</summary>
    internal sealed class Verdicts(SharedConditions conditions, Posture posture)
    {
        private readonly Truth?[] _known = new Truth?[conditions._count];

        /// <summary>Whether the posture meets a condition.</summary>
        public Truth Of(CompiledApplicability condition) => _known[conditions._places[condition]] ??= condition.Evaluate(posture);
    }
}
