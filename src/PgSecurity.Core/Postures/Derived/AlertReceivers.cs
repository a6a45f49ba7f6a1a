using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace PgSecurity.Core.Postures.Derived;

/// <summary>Who gets an alert: whether one of its action groups is enabled and has an enabled receiver.</summary>
internal static class AlertReceivers
{
    /// <summary>
    /// Whether an activity-log alert (<c>actions.actionGroups[*].actionGroupId</c>) or a metric alert
    /// (<c>actions[*].actionGroupId</c>) reaches somebody.
    /// </summary>
    public static AlertVerdict Reached(Resource alert, Posture posture)
    {
        ResourceField actions = ResourceField.Of(alert, "properties.actions");
        ResourceField groups = actions.Value.ValueKind == JsonValueKind.Object
            ? ResourceField.Of(alert, "properties.actions.actionGroups")
            : actions;
        if (groups.UnknownReason is not null) return AlertVerdict.NotKnown(groups.UnknownReason);
        AlertVerdict best = AlertVerdict.Lacks("has no action group");
        if (groups.Value.ValueKind != JsonValueKind.Array) return best;

        foreach (JsonElement action in groups.Value.EnumerateArray())
        {
            AlertVerdict one = ReachedBy(action, posture);
            if (one.Holds >= best.Holds) best = one;
        }

        return best;
    }

    private static AlertVerdict ReachedBy(JsonElement action, Posture posture)
    {
        ResourceField id = ResourceField.In(action, "actionGroupId");
        if (id.UnknownReason is not null) return AlertVerdict.NotKnown(id.UnknownReason);
        if (id.Text is not { } groupId) return AlertVerdict.Lacks("has no action group");

        Facet groups = posture.FacetOf(FacetTypes.ActionGroups);
        Resource? group = groups.Resources.FirstOrDefault(
            candidate => candidate.Id.Trim('/').Equals(groupId.Trim('/'), StringComparison.OrdinalIgnoreCase));
        if (group is not null) return HasReceiver(group);
        if (groups.Gap is { } gap) return AlertVerdict.NotKnown($"its action group {groupId} was not read: {gap.Reason}");
        return IsInSubscription(groupId, posture.Id.SubscriptionId)
            ? AlertVerdict.Lacks($"names an action group that does not exist: {groupId}")
            : AlertVerdict.NotKnown($"its action group {groupId} is in another subscription and was not read");
    }

    private static bool IsInSubscription(string id, string subscriptionId) =>
        id.Trim().Trim('/').StartsWith($"subscriptions/{subscriptionId}/", StringComparison.OrdinalIgnoreCase);

    private static AlertVerdict HasReceiver(Resource group)
    {
        ResourceField enabled = ResourceField.Of(group, "properties.enabled");
        if (enabled.UnknownReason is not null) return AlertVerdict.NotKnown(enabled.UnknownReason);
        if (!enabled.IsAbsent && enabled.Is("true") == Truth.False) return AlertVerdict.Lacks($"has the disabled action group {group.Name}");

        ResourceField properties = ResourceField.Of(group, "properties");
        if (properties.UnknownReason is not null) return AlertVerdict.NotKnown(properties.UnknownReason);
        Truth any = AnyReceiver(properties.Value, group.Gap);
        return any switch
        {
            Truth.True => AlertVerdict.Yes,
            Truth.Unknown => AlertVerdict.NotKnown($"the receivers of the action group {group.Name} are not known"),
            _ => AlertVerdict.Lacks($"has the action group {group.Name}, which has no enabled receiver"),
        };
    }

    private static Truth AnyReceiver(JsonElement properties, string? gap)
    {
        Truth any = gap is null ? Truth.False : Truth.Unknown;
        if (properties.ValueKind != JsonValueKind.Object) return any;
        foreach (JsonProperty list in properties.EnumerateObject())
        {
            if (!list.Name.EndsWith("Receivers", StringComparison.OrdinalIgnoreCase)) continue;
            if (UnknownValue.Is(list.Value)) any = any.Or(Truth.Unknown);
            else if (list.Value.ValueKind == JsonValueKind.Array) any = any.Or(AnyEnabled(list.Value.EnumerateArray()));
        }

        return any;
    }

    private static Truth AnyEnabled(IEnumerable<JsonElement> receivers) =>
        receivers.Select(IsEnabled).Aggregate(Truth.False, TruthOperators.Or);

    // Mail and text receivers have a status: Disabled once the person unsubscribed. The others have none.
    private static Truth IsEnabled(JsonElement receiver) =>
        UnknownValue.Is(receiver) ? Truth.Unknown : ResourceField.In(receiver, "status").Is("Disabled").Not();
}
