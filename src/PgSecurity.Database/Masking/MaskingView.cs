namespace PgSecurity.Database.Masking;
public static partial class MaskingView
{
    internal const string Mark = "Masking view by PgSecurity";
}
