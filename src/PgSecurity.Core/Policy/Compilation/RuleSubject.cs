using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Core.Expressions;

namespace PgSecurity.Core.Policy;

/// <summary>What a rule is compiled for: the parameters' values; and what it was found to read.</summary>
internal sealed class RuleSubject(
    IReadOnlyCollection<string> declaredParameters, IReadOnlyDictionary<string, ExpressionValue> values, HashSet<string> namedTypes, bool isTrial)
{
    private readonly HashSet<string> _aliasTypes = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<CountFrame> _frames = new();

    /// <summary>The types of the aliases that it reads.</summary>
    public IReadOnlyCollection<string> AliasTypes => _aliasTypes;

    /// <summary>Whether it reads the field <c>type</c>.</summary>
    public bool ReadsType { get; private set; }

    /// <summary>The frame of every count.</summary>
    public IReadOnlyList<CountFrame> Frames => _frames;

    /// <summary>Whether parameters without a value are let through, as unknown.</summary>
    public bool IsTrial => isTrial;

    /// <summary>The type that every alias of a <c>field</c> must be of, in an existence condition; null elsewhere.</summary>
    public string? RelatedType { get; set; }

    /// <summary>Makes room for a count.</summary>
    public int AddFrame(int levels)
    {
        _frames.Add(CountFrame.OfLevels(levels));
        return _frames.Count - 1;
    }

    /// <summary>A field by its name.</summary>
    public Field Field(string name, DefinitionPlace place)
    {
        if (!Policy.Field.TryParse(name, namedTypes, out Field? field, out string error)) throw place.Wrong(error);
        if (field!.Kind == FieldKind.Alias) _aliasTypes.Add(field.Type);
        if (field.Kind == FieldKind.Type) ReadsType = true;
        return field;
    }

    /// <summary>A field that a condition reads.</summary>
    public Field ConditionField(string name, DefinitionPlace place)
    {
        Field field = Field(name, place);
        if (RelatedType is not null
            && field.Kind == FieldKind.Alias
            && !string.Equals(field.Type, RelatedType, StringComparison.OrdinalIgnoreCase))
        {
            throw place.Wrong(
                $"the alias '{name}' is of '{field.Type}', but the existence condition is about '{RelatedType}'; "
                + "expected an alias of that type (a value of the other resource is \"[field('…')]\")");
        }

        return field;
    }

    /// <summary>The value of a parameter.</summary>
    public ExpressionValue Parameter(string name, DefinitionPlace place)
    {
        if (values.TryGetValue(name, out ExpressionValue value)) return value;
        if (!declaredParameters.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            throw place.Wrong(declaredParameters.Count == 0
                ? $"there is no parameter '{name}'; the definition has none"
                : $"there is no parameter '{name}'; valid are {string.Join(", ", declaredParameters)}");
        }

        return isTrial
            ? ExpressionValue.Unknown($"the parameter '{name}' has no value yet")
            : throw new PolicyLoadException(place.Source, place.Pointer, $"the parameter '{name}' has neither a default nor a value")
            {
                Advice = $"Give it one: -Parameter @{{ {name} = … }}, a -ParameterFile, or a defaultValue in the definition.",
            };
    }
}
