using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;
using PgSecurity.Core.Expressions;
using PgSecurity.Core.Expressions.Functions;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Policy;

/// <summary>
/// What a condition is evaluated against: a resource of a posture, the resource that <c>if</c> matched where it is an
/// existence condition, and the members that the counts around it stand at. Used again from evaluation to evaluation, by
/// one at a time, so that evaluating allocates nothing.
/// </summary>
internal sealed class EvaluationContext : IExpressionScope
{
    /// <summary>How many members the counts of a rule may look at on one resource: counts in counts multiply.</summary>
    private const int MostVisits = 1_000_000;

    private readonly CountFrame[] _frames;
    private readonly string? _definitionId;
    private int _visits;

    public EvaluationContext(IReadOnlyList<CountFrame> shapes, string? definitionId)
    {
        _definitionId = definitionId;
        _frames = new CountFrame[shapes.Count];
        for (int i = 0; i < _frames.Length; i++)
        {
            _frames[i] = shapes[i].Clone();
        }
    }

    /// <summary>The resource that conditions read; null for a phantom.</summary>
    public Resource? Resource { get; private set; }

    /// <summary>The type of that resource, or of the phantom.</summary>
    public string Type { get; private set; } = "";

    /// <summary>The resource that <c>if</c> matched; null where it is the one that conditions read.</summary>
    public Resource? Outer { get; private set; }

    /// <summary>The posture; null for a phantom.</summary>
    public Posture? Posture { get; private set; }

    /// <inheritdoc/>
    public DateTimeOffset? UtcNow => Posture?.CollectedAt;

    /// <summary>Whether the counts of the rule have looked at more than may be asked of an audit: what is left is unknown.</summary>
    public bool IsExhausted => _visits > MostVisits;

    /// <summary>Says that a count looks at one more member; false where it may not.</summary>
    public bool Visit()
    {
        if (IsExhausted) return false;
        _visits++;
        return !IsExhausted;
    }

    /// <summary>Looks at a resource.</summary>
    public void Enter(Posture posture, Resource resource)
    {
        _visits = 0;
        Posture = posture;
        Resource = resource;
        Type = resource.Type;
        Outer = null;
    }

    /// <summary>Looks at a related resource of the one before.</summary>
    public void EnterRelated(Resource related, Resource outer)
    {
        Resource = related;
        Type = related.Type;
        Outer = outer;
    }

    /// <summary>Looks at a resource of which nothing but its type is known.</summary>
    public void EnterPhantom(string type)
    {
        Posture = null;
        Resource = null;
        Type = type;
        Outer = null;
    }

    /// <summary>Forgets the posture, so that a context at rest keeps nothing alive.</summary>
    public void Leave()
    {
        EnterPhantom("");
        foreach (CountFrame frame in _frames)
        {
            frame.Clear();
        }
    }

    /// <summary>The member that a count stands at.</summary>
    public CountFrame Frame(int index) => _frames[index];

    /// <inheritdoc/>
    public bool TryCall(string name, ReadOnlySpan<ExpressionValue> arguments, out ExpressionValue value)
    {
        switch (name.ToLowerInvariant())
        {
            case "utcnow" when arguments.Length == 0:
                value = Now();
                return true;
            case "field":
                value = DynamicField(arguments[0]);
                return true;
            case "iprangecontains":
                value = Either(arguments) ?? RangeContains(arguments[0].Text, arguments[1].Text);
                return true;
            case "adddays":
                value = Either(arguments) ?? AddDays(arguments[0].Text, arguments[1].Integer);
                return true;
            case "resourcegroup":
                value = ResourceGroup();
                return true;
            case "subscription":
                value = Subscription();
                return true;
            case "policy":
                value = Policy();
                return true;
            case "requestcontext":
                value = ExpressionValue.Unknown("an audit has no request, so requestContext() is not known");
                return true;
            default:
                value = default;
                return false;
        }
    }

    private ExpressionValue Now() => UtcNow is { } now
        ? ExpressionValue.From(now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture))
        : ExpressionValue.Unknown("it is not known when the posture was collected, so utcNow() is not known");

    private ExpressionValue DynamicField(ExpressionValue name)
    {
        if (name.IsUnknown) return name;
        return Field.TryParse(name.Text, out Field? field, out string error)
            ? field!.Value(this, FieldSource.Function)
            : ExpressionValue.Unknown(error);
    }

    private static ExpressionValue? Either(ReadOnlySpan<ExpressionValue> arguments)
    {
        foreach (ref readonly ExpressionValue argument in arguments)
        {
            if (argument.IsUnknown) return argument;
        }

        return null;
    }

    private static ExpressionValue RangeContains(string range, string target)
    {
        if (!AddressRange.TryParse(range, out AddressRange outer) || !AddressRange.TryParse(target, out AddressRange inner))
        {
            throw new FunctionFailure("an argument is not an IP address, a CIDR range, or two addresses with '-' between");
        }

        return outer.IsIPv4 == inner.IsIPv4
            ? ExpressionValue.From(outer.Contains(inner))
            : throw new FunctionFailure("one range is IPv4 and the other IPv6");
    }

    private static ExpressionValue AddDays(string time, long days) => ExpressionValue.From(
        DateFunctions.Parse(time).AddDays(days).UtcDateTime
            .ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture));

    private ExpressionValue ResourceGroup()
    {
        if (Posture is null) return ExpressionValue.Unknown("the resource group is not known");
        ServerId id = Posture.Id;
        MemberTable members = new();
        members.Set("id", ExpressionValue.From($"/subscriptions/{id.SubscriptionId}/resourceGroups/{id.ResourceGroupName}"));
        members.Set("name", ExpressionValue.From(id.ResourceGroupName));
        members.Set("type", ExpressionValue.From("Microsoft.Resources/resourceGroups"));
        foreach (string unknown in new[] { "location", "tags", "managedBy", "properties" })
        {
            members.Set(unknown, ExpressionValue.Unknown($"the resource group's {unknown} is not collected"));
        }

        return members.ToObject();
    }

    private ExpressionValue Subscription()
    {
        if (Posture is null) return ExpressionValue.Unknown("the subscription is not known");
        string id = Posture.Id.SubscriptionId;
        MemberTable members = new();
        members.Set("id", ExpressionValue.From("/subscriptions/" + id));
        members.Set("subscriptionId", ExpressionValue.From(id));
        foreach (string unknown in new[] { "displayName", "tenantId", "tags" })
        {
            members.Set(unknown, ExpressionValue.Unknown($"the subscription's {unknown} is not collected"));
        }

        return members.ToObject();
    }

    private ExpressionValue Policy()
    {
        MemberTable members = new();
        members.Set("definitionId", string.IsNullOrEmpty(_definitionId)
            ? ExpressionValue.Unknown("the definition has no id")
            : ExpressionValue.From(_definitionId));
        foreach (string unknown in new[] { "assignmentId", "setDefinitionId", "definitionReferenceId" })
        {
            members.Set(unknown, ExpressionValue.Unknown("the definition is evaluated without an assignment"));
        }

        return members.ToObject();
    }
}
