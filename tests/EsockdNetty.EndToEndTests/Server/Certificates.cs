namespace EsockdNetty.EndToEndTests.Server;

/// <summary>The development certificates, as they stand beside the programs.</summary>
internal static class Certificates
{
    public static string Authority => At("ca.pem");

    public static string Client => At("client.pem");

    public static string ClientKey => At("client-key.pem");

    public static string At(string name) => Path.Combine(AppContext.BaseDirectory, "certs", name);
}
