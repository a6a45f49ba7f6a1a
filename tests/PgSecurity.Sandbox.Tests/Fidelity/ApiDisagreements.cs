using System;
using System.Linq;

namespace PgSecurity.Sandbox.Tests.Fidelity;

/// <summary>Where recorded traffic of the real service and the published API disagree: the recording is right.</summary>
internal static class ApiDisagreements
{
    private static readonly string[] Known =
    {
        // The enums of these have no empty value, and the service answers it.
        ".highAvailability.state has no value ''",
        ".storage.type has no value ''",
    };

    internal static bool Has(string wrong) => Known.Any(known => wrong.EndsWith(known, StringComparison.Ordinal));
}
