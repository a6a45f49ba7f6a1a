using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using PgSecurity.Pipeline;

namespace PgSecurity.Binding;

/// <summary>Completes a parameter from names that the module knows. It never fails: no completion is better than an error while typing.</summary>
public abstract class NameCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        try
        {
            string typed = (wordToComplete ?? "").Trim('\'', '"');
            WildcardPattern pattern = WildcardPattern.Get(typed + "*", WildcardOptions.IgnoreCase);
            return Names(RunspaceState.Current, typed)
                .Where(name => pattern.IsMatch(name.Key))
                .Select(name => new CompletionResult(Quote(name.Key), name.Key, CompletionResultType.ParameterValue, ToolTip(name)))
                .ToList();
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            return Array.Empty<CompletionResult>();
        }
    }

    /// <summary>The names, each with what is said of it, in the order in which they are offered.</summary>
    /// <param name="state">What the runspace knows.</param>
    /// <param name="typed">What is typed so far; names that do not begin with it are left out afterwards.</param>
    private protected abstract IEnumerable<KeyValuePair<string, string>> Names(RunspaceState state, string typed);

    private static string ToolTip(KeyValuePair<string, string> name) => name.Value.Length == 0 ? name.Key : name.Value;

    private static string Quote(string name) =>
        name.All(character => char.IsLetterOrDigit(character) || character is '-' or '.' or '_')
            ? name
            : "'" + string.Join("''", name.Split('\'')) + "'";
}
