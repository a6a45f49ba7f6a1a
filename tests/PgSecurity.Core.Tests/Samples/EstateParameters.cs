using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace PgSecurity.Core.Tests.Samples;

/// <summary>
/// The server parameters of a major version, made from those of 17: what a version does not have yet or no longer, and
/// where it has another default or type.
/// </summary>
internal static class EstateParameters
{
    private static readonly Dictionary<string, int> Since = new(StringComparer.Ordinal)
    {
        ["idle_session_timeout"] = 14, ["pgaudit.log_rows"] = 14, ["pgaudit.log_statement"] = 14, ["scram_iterations"] = 16,
        ["pgaudit.log_parameter_max_size"] = 16, ["event_triggers"] = 17,
    };

    // Nothing reads them, and forty servers of them would make the file large.
    private static readonly string[] LeftOut =
    {
        "anon.", "cron.", "credcheck.whitelist", "credcheck.encrypted", "credcheck.reset", "credcheck.auth_delay",
        "credcheck.password_contain", "credcheck.password_not", "credcheck.password_ignore", "credcheck.password_reuse",
        "credcheck.password_min_repeat", "credcheck.password_valid_until",
    };

    private static readonly string[] Until17 = { "connection_throttle.", "azure_storage." };

    public static JsonObject Of(JsonObject ofSeventeen, int version)
    {
        JsonObject parameters = new();
        foreach (KeyValuePair<string, JsonNode?> parameter in ofSeventeen)
        {
            bool exists = !(Since.TryGetValue(parameter.Key, out int since) && version < since)
                && !(version >= 18 && Until17.Any(prefix => parameter.Key.StartsWith(prefix, StringComparison.Ordinal)));
            exists &= !LeftOut.Any(prefix => parameter.Key.StartsWith(prefix, StringComparison.Ordinal));
            if (exists) parameters[parameter.Key] = parameter.Value!.DeepClone();
        }

        if (version == 13)
        {
            parameters["password_encryption"]!["defaultValue"] = "md5";
            parameters["azure.accepted_password_auth_method"]!["defaultValue"] = "md5";
        }

        if (version <= 16) parameters["shared_preload_libraries"]!["defaultValue"] = "pg_cron,pg_stat_statements";
        if (version >= 18) Add18(parameters);
        return parameters;
    }

    /// <summary>The same parameters, as a new server has them.</summary>
    public static void Deliver(JsonObject parameters)
    {
        foreach (KeyValuePair<string, JsonNode?> parameter in parameters)
        {
            parameter.Value!["value"] = parameter.Value["defaultValue"]!.DeepClone();
        }
    }

    private static void Add18(JsonObject parameters)
    {
        JsonNode connections = parameters["log_connections"]!;
        connections["dataType"] = "Set";
        connections["allowedValues"] = "on,off,receipt,authentication,authorization,setup_durations,all";
        parameters["md5_password_warnings"] = new JsonObject
        {
            ["value"] = "on", ["defaultValue"] = "on", ["dataType"] = "Boolean", ["allowedValues"] = "on,off",
        };
        parameters["oauth_validator_libraries"] = new JsonObject
        {
            ["value"] = "", ["defaultValue"] = "", ["dataType"] = "String", ["allowedValues"] = ".*",
        };
    }
}
