using System;
using System.Globalization;
using System.Linq;
using PgSecurity.Sandbox.Estate;

namespace PgSecurity.Sandbox.Gateways;

/// <summary>
/// The API versions that are taken. For flexible servers the list of the service (Terraform's azapi and pandora, August
/// 2026); for the providers around them any version of the right form, since their shapes hardly differ. Whatever the
/// version, answers have the shape of the newest stable one; those of flexible servers that of the version asked for.
/// </summary>
internal static class ApiVersions
{
    /// <summary>The newest stable version of flexible servers.</summary>
    internal const string Newest = "2025-08-01";

    private static readonly string[] FlexibleServers =
    {
        "2020-02-14-preview", "2021-06-01", "2021-06-01-preview", "2021-06-15-privatepreview", "2022-01-20-preview",
        "2022-03-08-preview", "2022-05-01-preview", "2022-12-01", "2023-03-01-preview", "2023-06-01-preview",
        "2023-12-01-preview", "2024-03-01-preview", "2024-05-01-preview", "2024-08-01", "2024-11-01-preview",
        "2025-01-01-preview", "2025-06-01-preview", "2025-08-01", "2026-01-01-preview", "2026-04-01-preview",
    };

    /// <summary>The refusal of a version; null where it is taken.</summary>
    internal static SandboxResponse? Check(Exchange exchange)
    {
        string version = exchange.ApiVersion;
        if (version.Length == 0)
        {
            return Reply.Gateway(
                400,
                "MissingApiVersionParameter",
                "The api-version query parameter (?api-version=) is required for all requests.");
        }

        ArmPath path = exchange.Path;
        bool ofServers = ArmPath.Same(path.Namespace, "Microsoft.DBforPostgreSQL");
        if (ofServers ? FlexibleServers.Contains(version, StringComparer.OrdinalIgnoreCase) : IsDate(version)) return null;

        string known = ofServers ? string.Join(", ", Enumerable.Reverse(FlexibleServers)) : "any dated version";
        return path.Namespace is null || path.Types.Count == 0
            ? Reply.Gateway(400, "InvalidApiVersionParameter", $"The api-version '{version}' is invalid. The supported versions are '{known}'.")
            : Reply.Gateway(
                400,
                "NoRegisteredProviderFound",
                $"No registered resource provider found for location '' and API version '{version}' for type '{string.Join("/", path.Types)}'. "
                + $"The supported api-versions are '{known}'. The supported locations are ''.");
    }

    /// <summary>Whether a version is older than another one.</summary>
    internal static bool IsBefore(string version, string other) =>
        string.CompareOrdinal(version.Substring(0, Math.Min(10, version.Length)), other) < 0;

    private static bool IsDate(string version) =>
        version.Length >= 10
        && DateTime.TryParseExact(
            version.Substring(0, 10),
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out DateTime date)
        && date.Year is >= 2014 and <= 2030
        && (version.Length == 10 || version[10] == '-');
}
