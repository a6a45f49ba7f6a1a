using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Exports.AzurePolicy;
using PgSecurity.Core.Policy;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Exports.ResourceGraph;

/// <summary>
/// Translates one control. Resource Graph has the servers with their private endpoint connections and the Defender plans
/// of subscriptions; it has no server parameters, firewall rules, administrators, diagnostic settings or locks.
/// </summary>
internal sealed class QueryTranslation
{
    private const string Connection = "connection";
    private const string NoConnections = "isnull(properties.privateEndpointConnections)";

    private readonly CompiledControl _control;
    private readonly List<RelatedCount> _counts = new();
    private readonly List<KqlField> _observed = new();

    private QueryTranslation(CompiledControl control) => _control = control;

    /// <summary>Translates a control.</summary>
    /// <exception cref="NotExpressibleException">A query cannot express it.</exception>
    public static QueryControl Of(CompiledControl control) => new QueryTranslation(control).Translate();

    private QueryControl Translate()
    {
        ControlDefinition control = _control.Definition;
        if (control.IsPlain) throw new NotExpressibleException("It is not a control of the catalogue.");
        if (_control.Policy.Effect is PolicyEffect.Disabled or PolicyEffect.Manual) throw new NotExpressibleException("Its effect is off.");
        List<(KqlTruth Condition, string Reason)> appliesTo = new();
        if (!control.ConcernsSingleServers)
        {
            appliesTo.Add((KqlTruth.Known($"type =~ {KqlText.Literal(FacetTypes.Server)}"), "This is a retired single server; the control is about flexible servers."));
        }

        appliesTo.AddRange(control.AppliesTo.Select(condition => (Applies(condition), condition.Reason)));
        KqlTruth fails = Fails(control.Policy.Rule);
        return new QueryControl { Control = _control, AppliesTo = appliesTo, Fails = fails, Observed = _observed, Counts = _counts };
    }

    private KqlTruth Applies(Applicability condition)
    {
        if (condition.Type is null || IsServer(condition.Type)) return OfServer(condition.Condition, isObserved: false);
        return IsConnections(condition.Type) ? AnyConnection(condition.Condition) : throw Missing(condition.Type);
    }

    private KqlTruth Fails(JsonElement rule)
    {
        JsonElement condition = rule.GetProperty("if");
        IReadOnlyList<string> concerned = _control.Policy.ConcernedTypes;
        if (concerned.Count == 1 && IsConnections(concerned[0])) return AnyConnection(condition);
        if (concerned.FirstOrDefault(type => !IsServer(type)) is string other) throw Missing(other);

        string? related = PolicyCondition.RelatedType(rule);
        KqlTruth matches = OfServer(condition, isObserved: related is null);
        if (related is null) return matches;
        JsonElement details = rule.GetProperty("then").GetProperty("details");
        return KqlTruth.All(new[] { matches, Exists(related, details).Not() });
    }

    private KqlTruth Exists(string related, JsonElement details)
    {
        JsonElement? condition = details.TryGetProperty("existenceCondition", out JsonElement written) ? written : null;
        string? name = details.TryGetProperty("name", out JsonElement text) ? text.GetString() : null;
        if (IsConnections(related) && name is null) return AnyConnection(condition);
        if (!string.Equals(related, FacetTypes.DefenderPlans, StringComparison.OrdinalIgnoreCase) || name is null || PolicyStrings.IsExpression(name)) throw Missing(related);

        string isNamed = $"name =~ {KqlText.Literal(name)}";
        string meets = condition is JsonElement test ? Count(new KqlCondition(FacetTypes.DefenderPlans, null, _control.Parameters).Of(test)) : "true";
        string good = Add(RelatedSource.DefenderPlans, $"({isNamed} and {meets})");
        string any = Add(RelatedSource.DefenderPlans, isNamed);
        return KqlTruth.Unless($"(coalesce({any}, 0) == 0)", $"(coalesce({good}, 0) > 0)");
    }

    private KqlTruth AnyConnection(JsonElement? condition)
    {
        string counted = condition is JsonElement written ? Count(new KqlCondition(FacetTypes.PrivateEndpointConnections, Connection, _control.Parameters).Of(written)) : "true";
        return KqlTruth.Unless(NoConnections, $"(coalesce({Add(RelatedSource.Connections, counted)}, 0) > 0)");
    }

    private KqlTruth OfServer(JsonElement condition, bool isObserved)
    {
        KqlCondition translator = new(FacetTypes.Server, null, _control.Parameters);
        KqlTruth truth = translator.Of(condition);
        if (isObserved) _observed.AddRange(translator.Read);
        return truth;
    }

    private static string Count(KqlTruth truth) => truth.CanBeUnknown
        ? throw new NotExpressibleException("It asks of related resources what may be unknown.")
        : truth.Holds;

    private string Add(RelatedSource source, string condition)
    {
        string column = FormattableString.Invariant($"{string.Concat(_control.Definition.Id.Split('-')).ToLowerInvariant()}_{_counts.Count + 1}");
        _counts.Add(new RelatedCount(source, column, condition));
        return column;
    }

    private static NotExpressibleException Missing(string type) => new(
        type.StartsWith("PgSecurity/", StringComparison.OrdinalIgnoreCase)
            ? $"It reads {type}, a fact that PgSecurity computes and that Resource Graph does not have."
            : $"It reads {type}, which Resource Graph does not have, or not by server.");

    private static bool IsServer(string type) =>
        string.Equals(type, FacetTypes.Server, StringComparison.OrdinalIgnoreCase)
        || string.Equals(type, FacetTypes.SingleServer, StringComparison.OrdinalIgnoreCase);

    private static bool IsConnections(string type) => string.Equals(type, FacetTypes.PrivateEndpointConnections, StringComparison.OrdinalIgnoreCase);
}
