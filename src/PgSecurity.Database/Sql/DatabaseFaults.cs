using System;
using PgSecurity.Core.Remediation.Service;

namespace PgSecurity.Database.Sql;

/// <summary>What a failure of a session means for the road of a change: whether to try again, and whether it may have been made.</summary>
internal static class DatabaseFaults
{
    public static ServiceFault Of(DatabaseException failure) =>
        new(failure.SqlState ?? "", $"{failure.Message.TrimEnd('.', ' ')}. {failure.Advice}".Trim(), RetryOf(failure), failure)
        {
            // Whatever the server itself answered, it took back; an answer that never came may have followed a commit.
            MayHaveTakenEffect = failure.SqlState is null && failure.Kind is DatabaseFailure.Unreachable or DatabaseFailure.Timeout,
            HadNoEffect = failure.SqlState is not null,
        };

    private static RetryClass RetryOf(DatabaseException failure)
    {
        bool lostARace = failure.SqlState is "40001" or "40P01";
        return lostARace || failure.Kind is DatabaseFailure.Unreachable or DatabaseFailure.Timeout ? RetryClass.Transient : RetryClass.Never;
    }
}
