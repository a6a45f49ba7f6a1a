using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Findings;

/// <summary>The conditions under which controls apply. Many controls have the same one: on a posture it is decided once.</summary>
internal sealed class SharedConditions
{
    // The places of each control's conditions among all different ones.
    private readonly int[][] _places;
    private readonly int _count;

    /// <summary>Those of some controls.</summary>
    public SharedConditions(IReadOnlyList<CompiledControl> controls)
    {
        Dictionary<string, int> places = new(StringComparer.Ordinal);
        _places = controls.Select(control => control.AppliesTo.Select(condition => PlaceOf(condition, places)).ToArray()).ToArray();
        _count = places.Count;
    }

    /// <summary>Their verdicts on a posture, each made when it is first asked for.</summary>
    public Verdicts On(Posture posture) => new(this, posture);

    private static int PlaceOf(CompiledApplicability condition, Dictionary<string, int> places)
    {
        if (!places.TryGetValue(condition.Meaning, out int place)) places[condition.Meaning] = place = places.Count;
        return place;
    }

    /// <summary>The verdicts on one posture.</summary>
    internal sealed class Verdicts(SharedConditions conditions, Posture posture)
    {
        private readonly Truth?[] _known = new Truth?[conditions._count];

        /// <summary>Whether the posture meets a condition.</summary>
        /// <param name="control">The place of the control among all.</param>
        /// <param name="condition">The place of the condition among the control's.</param>
        /// <param name="compiled">The condition.</param>
        public Truth Of(int control, int condition, CompiledApplicability compiled) =>
            _known[conditions._places[control][condition]] ??= compiled.Evaluate(posture);
    }
}
