using System.Security.Cryptography.X509Certificates;

namespace EsockdNetty.Benchmarks.Subjects;

/// <summary>The certificate that every subject serves, as it stands beside the program.</summary>
internal static class DevelopmentCertificate
{
    public static string Path => At("server.pem");

    public static string KeyPath => At("server-key.pem");

    public static X509Certificate2 Load() => X509Certificate2.CreateFromPemFile(Path, KeyPath);

    private static string At(string name) => System.IO.Path.Combine(AppContext.BaseDirectory, "certs", name);
}
