using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;

namespace EsockdNetty.Benchmarks.Subjects;

/// <summary>ASP.NET's server with a connection handler in the place of HTTP, as its documentation has it. It logs nowhere.</summary>
internal sealed class KestrelServer(WebApplication application) : IEchoServer
{
    public int Port => new Uri(application.Urls.Single()).Port;

    public static async Task<KestrelServer> StartAsync(ServeOptions options)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(new KestrelEchoHandler(options.Framing));
        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseSockets(sockets => sockets.IOQueueCount = options.Loops);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => Configure(listen, options)));
        WebApplication application = builder.Build();
        await application.StartAsync();
        return new KestrelServer(application);
    }

    // At once, since the process ends next.
    public async ValueTask DisposeAsync()
    {
        await application.StopAsync(new CancellationToken(canceled: true));
        await application.DisposeAsync();
    }

    private static void Configure(ListenOptions listen, ServeOptions options)
    {
        // Neither HTTP nor, with TLS, a protocol to offer.
        listen.Protocols = HttpProtocols.None;
        if (options.Tls)
            listen.UseHttps(new HttpsConnectionAdapterOptions { ServerCertificate = DevelopmentCertificate.Load() });
        listen.UseConnectionHandler<KestrelEchoHandler>();
    }
}
