using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using PgSecurity.Core.Expressions;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Recognition;

namespace PgSecurity.Core.Templates;

/// <summary>Goes through a template and the templates nested in it, and lists the resources that it deploys.</summary>
internal sealed class TemplateWalk
{
    /// <summary>More resources than Azure Resource Manager deploys in one template (800), with nested ones counted in.</summary>
    private const int MaximumResources = 20_000;

    private const string DeploymentType = "Microsoft.Resources/deployments";

    private static readonly HashSet<string> NotOfTheResource = new(StringComparer.OrdinalIgnoreCase)
    {
        "condition", "copy", "dependsOn", "resources", "scope", "existing", "comments", "name", "type", "metadata",
        "asserts", "import", "extension", "subscriptionId", "resourceGroup", "id",
    };

    private readonly List<TemplateResource> _resources = new();
    private readonly List<string> _unread = new();
    private readonly List<string> _nameless = new();
    private readonly HashSet<string> _standIns = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What is deployed or named, in the template's order.</summary>
    public IReadOnlyList<TemplateResource> Resources => _resources;

    /// <summary>Why resources may be deployed that are not listed: linked templates, which are not read.</summary>
    public IReadOnlyList<string> Unread => _unread;

    /// <summary>The types of resources whose parent could not be told.</summary>
    public IReadOnlyList<string> Nameless => _nameless;

    public void Template(JsonElement template, TemplateScope scope) =>
        Template(template, new Surroundings(scope, scope.Place, null, Array.Empty<string>()));

    private void Template(JsonElement template, Surroundings around)
    {
        if (ArmJson.TryGet(template, "resources", out JsonElement resources)) List(resources, around);
    }

    /// <summary>Resources come as an array, or by symbolic name as an object.</summary>
    private void List(JsonElement resources, Surroundings around)
    {
        IEnumerable<JsonElement> all = resources.ValueKind switch
        {
            JsonValueKind.Array => resources.EnumerateArray(),
            JsonValueKind.Object => resources.EnumerateObject().Select(member => member.Value),
            _ => Enumerable.Empty<JsonElement>(),
        };
        foreach (JsonElement resource in all)
        {
            if (resource.ValueKind == JsonValueKind.Object) Copies(resource, around);
        }
    }

    private void Copies(JsonElement resource, Surroundings around)
    {
        if (!ArmJson.TryGet(resource, "copy", out JsonElement loop) || loop.ValueKind != JsonValueKind.Object)
        {
            One(resource, around);
            return;
        }

        string name = ArmJson.Text(loop, "name") ?? "";
        ExpressionValue count = TemplateValues.Count(loop, around.Scope);
        if (count.IsUnknown)
        {
            string open = ArmJson.TryGet(loop, "count", out JsonElement written) ? written.ToString() : name;
            One(resource, around.In(around.Scope.At(name, null)).If("copy " + open));
            return;
        }

        for (long index = 0; index < count.Integer; index++)
        {
            One(resource, around.In(around.Scope.At(name, index)));
        }
    }

    private void One(JsonElement resource, Surroundings around)
    {
        if (_resources.Count >= MaximumResources)
        {
            if (_unread.Count == 0) _unread.Add("the template deploys more resources than were read");
            return;
        }

        if (ArmJson.TryGet(resource, "condition", out JsonElement condition))
        {
            ExpressionValue holds = TemplateValues.Evaluate(condition, around.Scope);
            if (IsFalse(holds)) return;
            if (holds.IsUnknown) around = around.If(condition.ToString());
        }

        if (ArmJson.Text(resource, "type") is not string type) return;
        if (string.Equals(type, DeploymentType, StringComparison.OrdinalIgnoreCase)) Nested(resource, around);
        else Resource(type, resource, around);
    }

    private static bool IsFalse(ExpressionValue value) =>
        (value.Kind == ExpressionKind.Boolean && !value.Boolean)
        || (value.Kind == ExpressionKind.String && string.Equals(value.Text, "false", StringComparison.OrdinalIgnoreCase));

    private void Resource(string type, JsonElement resource, Surroundings around)
    {
        if (!ArmJson.TryGet(resource, "name", out JsonElement written)) return;
        ExpressionValue named = TemplateValues.Evaluate(written, around.Scope.ForNames());
        if (named.Kind != ExpressionKind.String || named.Text.Length == 0)
        {
            // A server needs a name to stand for it; of a child without one, nobody can say whose it is.
            if (!IsServer(type))
            {
                _nameless.Add(TemplateName.Of(type, "", around.Parent).Type);
                return;
            }

            named = ExpressionValue.From("(name)");
        }

        TemplateName name = TemplateName.Of(type, named.Text, around.Parent);
        string? id = name.IdUnder(ScopeOf(resource, around));
        if (id is null)
        {
            _nameless.Add(name.Type);
            return;
        }

        // Azure's names have no parentheses: one in the own name is a stand-in. Several of it are not one resource.
        bool known = ResourceId.NameOf(id).IndexOf("(", StringComparison.Ordinal) < 0;
        if (!known && !IsServer(name.Type)) id = Distinct(id);
        string fullType = FacetTypes.Normalize(ResourceId.TypeOf(id) ?? name.Type);
        _resources.Add(new TemplateResource
        {
            Id = id,
            Type = fullType,
            Name = ResourceId.NameOf(id),
            IsNameKnown = known,
            IsExisting = ArmJson.TryGet(resource, "existing", out JsonElement existing) && existing.ValueKind == JsonValueKind.True,
            OpenConditions = around.Open,
            Body = BodyOf(resource, id, fullType, around.Scope),
        });

        if (ArmJson.TryGet(resource, "resources", out JsonElement children)) List(children, around.Below(name));
    }

    private string Distinct(string id)
    {
        string distinct = id;
        for (int count = 2; !_standIns.Add(distinct); count++)
        {
            distinct = FormattableString.Invariant($"{id}~{count}");
        }

        return distinct;
    }

    private static bool IsServer(string type) =>
        string.Equals(type, FacetTypes.Server, StringComparison.OrdinalIgnoreCase)
        || string.Equals(type, FacetTypes.SingleServer, StringComparison.OrdinalIgnoreCase);

    /// <summary>The id that a resource's own path hangs on: the resource that it extends, or the place of the deployment.</summary>
    private static string ScopeOf(JsonElement resource, Surroundings around)
    {
        if (ArmJson.TryGet(resource, "scope", out JsonElement written))
        {
            ExpressionValue scope = TemplateValues.Evaluate(written, around.Scope.ForNames());
            if (scope.Kind == ExpressionKind.String)
            {
                string text = scope.Text;
                if (text.StartsWith("/", StringComparison.Ordinal)) return text;
                return RelativeScope(text, around.Place.Id) ?? around.Place.Id;
            }
        }

        return PlaceOf(resource, around).Id;
    }

    /// <summary>A scope as <c>provider/type/name/type/name</c>.</summary>
    private static string? RelativeScope(string text, string place)
    {
        string[] parts = text.Split('/');
        return parts.Length >= 3 && parts.Length % 2 == 1 ? place + "/providers/" + text : null;
    }

    private static DeploymentPlace PlaceOf(JsonElement resource, Surroundings around)
    {
        DeploymentPlace place = around.Place;
        if (NameText(resource, "subscriptionId", around) is string subscription) place = place with { SubscriptionId = subscription };
        if (NameText(resource, "resourceGroup", around) is string group) place = place with { ResourceGroup = group };
        return place;
    }

    private static string? NameText(JsonElement resource, string member, Surroundings around)
    {
        if (!ArmJson.TryGet(resource, member, out JsonElement written)) return null;
        ExpressionValue value = TemplateValues.Evaluate(written, around.Scope.ForNames());
        return value.Kind == ExpressionKind.String && value.Text.Length > 0 && value.Text.IndexOf("/", StringComparison.Ordinal) < 0
            ? value.Text
            : null;
    }

    private static JsonElement BodyOf(JsonElement resource, string id, string type, TemplateScope scope)
    {
        JsonObject body = new()
        {
            ["id"] = id,
            ["type"] = type,
            ["name"] = ResourceId.NameOf(id),
        };
        foreach (JsonProperty member in resource.EnumerateObject())
        {
            if (NotOfTheResource.Contains(member.Name)) continue;
            JsonNode? value = ArmJson.Node(TemplateValues.Evaluate(member.Value, scope).ToJson());
            if (value is not null) body[member.Name] = WithoutNulls(value);
        }

        return ArmJson.Element(body);
    }

    /// <summary>A property that comes to null is one that was left out, as Azure Resource Manager reads it.</summary>
    private static JsonNode WithoutNulls(JsonNode value)
    {
        if (value is JsonArray list)
        {
            return new JsonArray(list.Select(item => item is null ? null : WithoutNulls(item.DeepClone())).ToArray());
        }

        if (value is not JsonObject members) return value;
        JsonObject kept = new();
        foreach (KeyValuePair<string, JsonNode?> member in members)
        {
            if (member.Value is not null) kept[member.Key] = WithoutNulls(member.Value.DeepClone());
        }

        return kept;
    }

    private void Nested(JsonElement deployment, Surroundings around)
    {
        if (!ArmJson.TryGet(deployment, "properties", out JsonElement properties)
            || TemplateOf(properties, around.Scope) is not { } template)
        {
            _unread.Add("a linked template, which was not read, may deploy more");
            return;
        }

        DeploymentPlace place = PlaceOf(deployment, around);
        if (!IsInner(properties))
        {
            Template(template, around with { Place = place, Parent = null });
            return;
        }

        string name = NameText(deployment, "name", around) ?? "nested";
        TemplateScope scope = new(new DeploymentState(template, GivenTo(properties, around.Scope), place, name, around.Scope.Budget));
        Template(template, new Surroundings(scope, place, null, around.Open));
    }

    /// <summary>The template inside a deployment: an object, or an expression for one that Bicep took from a file.</summary>
    private static JsonElement? TemplateOf(JsonElement properties, TemplateScope scope)
    {
        if (!ArmJson.TryGet(properties, "template", out JsonElement template)) return null;
        ExpressionValue value = template.ValueKind == JsonValueKind.String ? TemplateValues.Evaluate(template, scope) : ExpressionValue.From(template);
        return value.Kind == ExpressionKind.Object ? value.Json : null;
    }

    private static bool IsInner(JsonElement properties) =>
        string.Equals(ArmJson.Text(properties, "expressionEvaluationOptions", "scope"), "inner", StringComparison.OrdinalIgnoreCase);

    /// <summary>The parameters that a nested template gets, evaluated outside it.</summary>
    private static Dictionary<string, TwoWayValue> GivenTo(JsonElement properties, TemplateScope outside)
    {
        Dictionary<string, TwoWayValue> given = new(StringComparer.OrdinalIgnoreCase);
        if (!ArmJson.TryGet(properties, "parameters", out JsonElement parameters) || parameters.ValueKind != JsonValueKind.Object) return given;
        foreach (JsonProperty parameter in parameters.EnumerateObject())
        {
            given[parameter.Name] = new TwoWayValue(
                    GivenValue(parameter.Value, outside), GivenValue(parameter.Value, outside.ForNames()))
                .NamedFor(parameter.Name);
        }

        return given;
    }

    /// <summary>
    /// A parameter's value: <c>{ "value": … }</c>, or an expression that comes to such an object, as Bicep writes a
    /// parameter that depends on a condition.
    /// </summary>
    private static ExpressionValue GivenValue(JsonElement parameter, TemplateScope outside)
    {
        bool isExpression = parameter.ValueKind == JsonValueKind.String;
        ExpressionValue wrapper = isExpression ? TemplateValues.Evaluate(parameter, outside) : ExpressionValue.From(parameter);
        if (wrapper.IsUnknown) return wrapper;
        if (wrapper.Kind != ExpressionKind.Object) return ExpressionValue.Unknown("the parameter is not given as an object with a value");
        if (ArmJson.TryGet(wrapper.Json, "value", out JsonElement value))
        {
            return isExpression ? ExpressionValue.From(value) : TemplateValues.Evaluate(value, outside);
        }

        return ExpressionValue.Unknown(ArmJson.Has(wrapper.Json, "reference")
            ? "the value is in a key vault"
            : "the parameter is given without a value");
    }

    /// <summary>Where the walk is.</summary>
    private sealed record Surroundings(
        TemplateScope Scope, DeploymentPlace Place, TemplateName? Parent, IReadOnlyCollection<string> Open)
    {
        public Surroundings In(TemplateScope scope) => this with { Scope = scope };

        public Surroundings Below(TemplateName parent) => this with { Parent = parent };

        public Surroundings If(string condition) => this with { Open = Open.Append(condition).ToArray() };
    }
}
