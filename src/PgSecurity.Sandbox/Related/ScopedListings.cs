using PgSecurity.Sandbox.Estate;

namespace PgSecurity.Sandbox.Related;

/// <summary>
/// Resources that are listed by scope like role assignments and are written elsewhere or not at all: policy assignments,
/// policy exemptions and just-in-time (PIM) roles.
/// </summary>
internal sealed class ScopedListings : IProvider
{
    private static readonly string[] Types =
    {
        "Microsoft.Authorization/policyAssignments", "Microsoft.Authorization/policyExemptions", "Microsoft.Authorization/roleEligibilityScheduleInstances",
        "Microsoft.Authorization/roleAssignmentScheduleInstances", "Microsoft.Authorization/roleEligibilitySchedules",
    };

    public bool Answers(Exchange exchange)
    {
        if (exchange.Method != "GET" || exchange.Path.IsResource) return false;
        foreach (string type in Types)
        {
            if (exchange.Path.Is(type)) return true;
        }

        return false;
    }

    public SandboxResponse Answer(Exchange exchange) => exchange.List(ScopeFilter.At(exchange, KnownTypes.Spelling(exchange.Path.Type)));
}
