using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Nodes;
using PgSecurity.Core.Expressions;
using PgSecurity.Core.Expressions.Functions;
using PgSecurity.Core.Postures.Recognition;

namespace PgSecurity.Core.Templates;

/// <summary>
/// What the functions of a template answer at one place in it. What only Azure knows when the template is deployed
/// (<c>reference</c>, <c>list…</c>, the group's location, the tenant) is unknown.
/// </summary>
internal sealed class TemplateScope : IExpressionScope
{
    private readonly DeploymentState _state;
    private readonly CopyIndex? _index;

    public TemplateScope(DeploymentState state)
        : this(state, inNames: false, index: null)
    {
    }

    private TemplateScope(DeploymentState state, bool inNames, CopyIndex? index)
    {
        _state = state;
        InNames = inNames;
        _index = index;
    }

    /// <summary>Whether names are being made, in which unknown text has a stand-in.</summary>
    public bool InNames { get; }

    public DeploymentPlace Place => _state.Place;

    public CopyBudget Budget => _state.Budget;

    public DateTimeOffset? UtcNow => null;

    public TemplateScope ForNames() => InNames ? this : new TemplateScope(_state, true, _index);

    public TemplateScope ForValues() => InNames ? new TemplateScope(_state, false, _index) : this;

    public TemplateScope WithoutIndex() => _index is null ? this : new TemplateScope(_state, InNames, null);

    /// <summary>The scope inside a loop; null for an index that is not known.</summary>
    public TemplateScope At(string loop, long? index) => new(_state, InNames, new CopyIndex(loop, index, _index));

    public bool TryCall(string name, ReadOnlySpan<ExpressionValue> arguments, out ExpressionValue value)
    {
        value = name.ToLowerInvariant() switch
        {
            "parameters" when IsText(arguments) => _state.Parameter(arguments[0].Text, this),
            "variables" when IsText(arguments) => _state.Variable(arguments[0].Text, this),
            "copyindex" => Index(arguments),
            "resourceid" => ResourceId(arguments, _state.Place.Id),
            "subscriptionresourceid" => ResourceId(arguments, "/subscriptions/" + _state.Place.SubscriptionId),
            "resourcegroup" => Group(),
            "subscription" => Subscription(),
            "deployment" => Deployment(),
            "utcnow" => ExpressionValue.Unknown("utcNow() is the time of the deployment"),
            "newguid" => ExpressionValue.Unknown("newGuid() is different at every deployment"),
            _ => UserFunction(name, arguments),
        };
        return true;
    }

    private static bool IsText(ReadOnlySpan<ExpressionValue> arguments) =>
        arguments.Length == 1 && arguments[0].Kind == ExpressionKind.String;

    private ExpressionValue Index(ReadOnlySpan<ExpressionValue> arguments)
    {
        string? loop = null;
        long offset = 0;
        foreach (ref readonly ExpressionValue argument in arguments)
        {
            if (argument.Kind == ExpressionKind.String) loop = argument.Text;
            else if (argument.Kind == ExpressionKind.Integer) offset = argument.Integer;
            else return ExpressionValue.Unknown("the arguments of copyIndex are not known");
        }

        for (CopyIndex? index = _index; index is not null; index = index.Outer)
        {
            if (loop is not null && !string.Equals(index.Loop, loop, StringComparison.OrdinalIgnoreCase)) continue;
            if (index.Value is long known) return ExpressionValue.From(known + offset);
            return InNames ? ExpressionValue.From("(index)") : ExpressionValue.Unknown("how often the loop runs is not known");
        }

        return ExpressionValue.Unknown("copyIndex stands outside a loop");
    }

    /// <summary>
    /// <c>resourceId([subscription], [group], type, names…)</c>: the type is the first argument that has a provider and a
    /// type in it, and is followed by as many names as it has types.
    /// </summary>
    private static ExpressionValue ResourceId(ReadOnlySpan<ExpressionValue> arguments, string place)
    {
        List<string> texts = new();
        foreach (ref readonly ExpressionValue argument in arguments)
        {
            if (argument.IsUnknown) return argument;
            if (argument.Kind != ExpressionKind.String) return ExpressionValue.Unknown("an argument of resourceId is not a text");
            texts.Add(argument.Text);
        }

        int type = texts.FindIndex(text => text.IndexOf("/", StringComparison.Ordinal) > 0 && text.Split('/')[0].IndexOf(".", StringComparison.Ordinal) > 0);
        if (type < 0) return ExpressionValue.Unknown("resourceId has no type");
        string scope = type switch
        {
            0 => place,
            1 => place.StartsWith("/subscriptions/", StringComparison.Ordinal) && place.IndexOf("/resourceGroups/", StringComparison.Ordinal) > 0
                ? place.Substring(0, place.LastIndexOf('/') + 1) + texts[0]
                : "/subscriptions/" + texts[0],
            _ => $"/subscriptions/{texts[0]}/resourceGroups/{texts[1]}",
        };
        return ExpressionValue.From(scope + IdFunctions.Provider(arguments.Slice(type)));
    }

    private ExpressionValue Group()
    {
        if (_state.Place.ResourceGroup is not string group) return ExpressionValue.Unknown("the template is not deployed to a resource group");
        return Object(new JsonObject
        {
            ["id"] = _state.Place.Id,
            ["name"] = group,
            ["type"] = "Microsoft.Resources/resourceGroups",
            ["location"] = Mark("the location of the resource group is not known"),
            ["tags"] = Mark("the tags of the resource group are not known"),
        });
    }

    private ExpressionValue Subscription() => Object(new JsonObject
    {
        ["id"] = "/subscriptions/" + _state.Place.SubscriptionId,
        ["subscriptionId"] = _state.Place.SubscriptionId,
        ["displayName"] = Mark("the subscription is not known"),
        ["tenantId"] = Mark("the tenant is not known"),
    });

    private ExpressionValue Deployment() => Object(new JsonObject
    {
        ["name"] = _state.Name,
        ["location"] = Mark("the location of the deployment is not known"),
        ["properties"] = Mark("the deployment is not known"),
    });

    /// <summary>A function that the template declares: <c>namespace.name</c>. It sees its own parameters only.</summary>
    private ExpressionValue UserFunction(string name, ReadOnlySpan<ExpressionValue> arguments)
    {
        int dot = name.IndexOf(".", StringComparison.Ordinal);
        if (dot > 0 && _state.Functions.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement space in _state.Functions.EnumerateArray())
            {
                if (string.Equals(ArmJson.Text(space, "namespace"), name.Substring(0, dot), StringComparison.OrdinalIgnoreCase)
                    && ArmJson.TryGet(space, "members", out JsonElement members)
                    && ArmJson.TryGet(members, name.Substring(dot + 1), out JsonElement function))
                {
                    return new FunctionScope(this, function, arguments.ToArray()).Evaluate();
                }
            }
        }

        return ExpressionValue.Unknown($"what '{name}' gives is known only when the template is deployed");
    }

    private static JsonObject Mark(string reason) => ArmJson.Unknown(reason);

    private static ExpressionValue Object(JsonObject value) => ExpressionValue.From(ArmJson.Element(value));

    private sealed record CopyIndex(string Loop, long? Value, CopyIndex? Outer);
}
