using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using PgSecurity.Core.Controls;

namespace PgSecurity.Core.Findings;

/// <summary>Exemptions, and what is wrong with those that do not stand.</summary>
public sealed class ExemptionSet
{
    /// <summary>The days before its end in which an exemption is worth a warning.</summary>
    public const int WarningDays = 30;

    /// <summary>Makes a set.</summary>
    public ExemptionSet(IReadOnlyList<Exemption> exemptions, IReadOnlyList<ControlError> errors)
    {
        Exemptions = exemptions;
        Errors = errors;
    }

    /// <summary>No exemptions.</summary>
    public static ExemptionSet None { get; } = new(Array.Empty<Exemption>(), Array.Empty<ControlError>());

    /// <summary>Those that could be read, expired ones among them.</summary>
    public IReadOnlyList<Exemption> Exemptions { get; }

    /// <summary>What is wrong with the others.</summary>
    public IReadOnlyList<ControlError> Errors { get; }

    /// <summary>This set with those of another file.</summary>
    public ExemptionSet With(ExemptionSet others) =>
        new(Exemptions.Concat(others.Exemptions).ToList(), Errors.Concat(others.Errors).ToList());

    /// <summary>The exemption of a control on a server that holds at a time and does so longest, or null.</summary>
    public Exemption? Find(ServerId server, string controlId, DateTimeOffset now) =>
        Exemptions.Count == 0 ? null : Covering(server, controlId).Where(exemption => exemption.ExpiresOn > now && !(exemption.CreatedOn > now)).OrderByDescending(exemption => exemption.ExpiresOn).FirstOrDefault();

    /// <summary>The exemption of a control on a server that held until it expired last, or null.</summary>
    public Exemption? FindExpired(ServerId server, string controlId, DateTimeOffset now) =>
        Exemptions.Count == 0 ? null : Covering(server, controlId).Where(exemption => exemption.ExpiresOn <= now).OrderByDescending(exemption => exemption.ExpiresOn).FirstOrDefault();

    /// <summary>A sentence for each exemption that has expired or will within <see cref="WarningDays"/> days.</summary>
    public IReadOnlyList<string> Warnings(DateTimeOffset now) => Exemptions
        .Where(exemption => exemption.ExpiresOn <= now.AddDays(WarningDays))
        .OrderBy(exemption => exemption.ExpiresOn)
        .Select(exemption => exemption.ExpiresOn <= now
            ? $"The exemption '{exemption.Name}' of {exemption.Owner} expired on {Day(exemption)} and exempts nothing."
            : $"The exemption '{exemption.Name}' of {exemption.Owner} expires on {Day(exemption)}.")
        .ToList();

    /// <summary>The last day on which an exemption holds.</summary>
    internal static string Day(Exemption exemption) =>
        exemption.ExpiresOn.AddTicks(-1).UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Why a control that fails, or cannot be told, is set aside.</summary>
    internal static string Reason(Exemption exemption, Outcome outcome) =>
        $"Set aside until {Day(exemption)} by {exemption.Owner}: {exemption.Reason.TrimEnd('.')}. "
        + (outcome == Outcome.Fail ? "Without it the control fails." : "Without it the outcome is unknown.");

    /// <summary>That an exemption no longer holds.</summary>
    internal static string ExpiredReason(Exemption exemption) => $"The exemption '{exemption.Name}' expired on {Day(exemption)}.";

    private IEnumerable<Exemption> Covering(ServerId server, string controlId) => Exemptions.Where(exemption =>
        exemption.Controls.Any(pattern => Wildcard.Matches(controlId, pattern)) && Covers(exemption.Scope, server.Value));

    /// <summary>A scope covers what it names and everything below: a resource group its servers.</summary>
    private static bool Covers(string scope, string id) =>
        Wildcard.Matches(id, scope) || Wildcard.Matches(id, scope + "/*");
}
