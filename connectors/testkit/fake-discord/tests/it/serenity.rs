//! A real client library decodes all that the fake sends.

use std::sync::{Arc, Mutex};

use fake_discord::{FakeDiscord, Permissions};
use serde_json::json;
use serenity::{
    all::{
        AutocompleteChoice, ButtonStyle, Client, CommandOptionType, Context, CreateActionRow, CreateAttachment,
        CreateAutocompleteResponse, CreateButton, CreateCommand, CreateCommandOption, CreateEmbed, CreateInputText,
        CreateInteractionResponse, CreateInteractionResponseMessage, CreateMessage, CreateModal, CreateSelectMenu,
        CreateSelectMenuKind, CreateSelectMenuOption, EditInteractionResponse, Event, GatewayIntents, Http,
        HttpBuilder, InputTextStyle, Interaction, Message, RawEventHandler, ResolvedValue,
    },
    async_trait,
};
use tokio::task::JoinHandle;

use crate::bot::lenient;

/// Which events came, those that can't be decoded among them.
#[derive(Clone, Default)]
struct Bot(Arc<Mutex<Vec<String>>>);

#[async_trait]
impl RawEventHandler for Bot {
    async fn raw_event(&self, context: Context, event: Event) {
        let name = event.name().unwrap_or_else(|| format!("UNKNOWN {event:?}"));
        self.0.lock().expect("no test panics with it").push(name);
        match event {
            Event::InteractionCreate(created) => interact(&context, created.interaction).await,
            Event::MessageCreate(created) if !created.message.author.bot => greet(&context, &created.message).await,
            _ => {}
        }
    }
}

async fn greet(context: &Context, message: &Message) {
    let file = CreateAttachment::bytes(b"png".to_vec(), "a.png").description("A tide table");
    let embed = CreateEmbed::new().title("A picture").attachment("a.png").field("Size", "small", true);
    let answer = CreateMessage::new().content("Hello").embed(embed).add_file(file).reference_message(message);
    let mut sent = message.channel_id.send_message(context, answer).await.expect("it is sent");
    assert_eq!(sent.attachments[0].description.as_deref(), Some("A tide table"));
    let edit = serenity::all::EditMessage::new().content("Hello again");
    sent.edit(context, edit).await.expect("it is edited");
}

async fn interact(context: &Context, interaction: Interaction) {
    let message = CreateInteractionResponseMessage::new();
    match interaction {
        Interaction::Command(command) => {
            command.defer_ephemeral(context).await.expect("it is deferred");
            let text = match &command.data.options()[0].value {
                ResolvedValue::User(user, _) => user.name.clone(),
                ResolvedValue::Attachment(file) => {
                    let bytes = reqwest::get(&file.url).await.expect("it is served").bytes().await;
                    format!("{} bytes", bytes.expect("it is whole").len())
                }
                other => format!("{other:?}"),
            };
            let buttons = vec![CreateButton::new("more").label("More").style(ButtonStyle::Primary)];
            let edit = EditInteractionResponse::new().content(text).components(vec![CreateActionRow::Buttons(buttons)]);
            command.edit_response(context, edit).await.expect("it is edited");
        }
        Interaction::Autocomplete(command) => {
            let focused = command.data.autocomplete().expect("an option is focused").value.to_owned();
            let choices =
                CreateAutocompleteResponse::new().set_choices(vec![AutocompleteChoice::new("As typed", focused)]);
            let answer = CreateInteractionResponse::Autocomplete(choices);
            command.create_response(context, answer).await.expect("it is completed");
        }
        Interaction::Component(component) if component.data.custom_id == "more" => {
            let options = vec![CreateSelectMenuOption::new("One", "1"), CreateSelectMenuOption::new("Two", "2")];
            let select = CreateSelectMenu::new("pick", CreateSelectMenuKind::String { options });
            let message = message.content("Which?").components(vec![CreateActionRow::SelectMenu(select)]);
            let answer = CreateInteractionResponse::UpdateMessage(message);
            component.create_response(context, answer).await.expect("it is updated");
        }
        Interaction::Component(component) => {
            let input = CreateInputText::new(InputTextStyle::Short, "Your name", "name");
            let modal = CreateModal::new("form", "Who").components(vec![CreateActionRow::InputText(input)]);
            component.create_response(context, CreateInteractionResponse::Modal(modal)).await.expect("it opens");
        }
        Interaction::Modal(modal) => {
            modal.defer(context).await.expect("it is deferred");
            let followup = serenity::all::CreateInteractionResponseFollowup::new().content("Thank you").ephemeral(true);
            modal.create_followup(context, followup).await.expect("it is followed");
        }
        other => panic!("{other:?}"),
    }
}

async fn start(discord: &FakeDiscord) -> (Bot, Arc<Http>, JoinHandle<()>) {
    let bot = Bot::default();
    let http = HttpBuilder::new(discord.token()).proxy(discord.base_url()).ratelimiter_disabled(true).build();
    let intents = GatewayIntents::GUILDS | GatewayIntents::GUILD_MESSAGES | GatewayIntents::DIRECT_MESSAGES;
    let builder = serenity::client::ClientBuilder::new_with_http(http, intents).raw_event_handler(bot.clone());
    let mut client: Client = builder.await.expect("a client");
    let http = Arc::clone(&client.http);
    http.set_application_id(discord.application_id().get().into());
    let running = tokio::spawn(async move { client.start().await.expect("it runs until the test ends") });
    discord.until_connected().await;
    (bot, http, running)
}

#[tokio::test]
async fn a_client_library_resumes() {
    let discord = lenient().start().await;
    let guild = discord.guild("School");
    let general = guild.channel("general");
    let alice = guild.member("alice");
    let (_, _, running) = start(&discord).await;
    for (before, trouble) in [FakeDiscord::drop_socket, FakeDiscord::reconnect].into_iter().enumerate() {
        trouble(&discord);
        let written = alice.writes(&general, "<@bot> hi");
        discord.wait_for_frame(6, before).await;
        written.answered().await.comes_to_say("Hello again").await;
    }
    assert_eq!(discord.session_starts_left(), 999, "it identified once");
    running.abort();
}

#[tokio::test]
async fn a_client_library_decodes_it_all() {
    let discord = lenient().start().await;
    let guild = discord.guild("School");
    let general = guild.channel("general").closed_to_the_bot();
    general.open_to_the_bot();
    let role = guild.role("trainer").allows(Permissions::MANAGE_MESSAGES);
    let alice = guild.member("alice").with(&role);
    let (bot, http, running) = start(&discord).await;
    let info = http.get_current_application_info().await.expect("it is decoded");
    assert_eq!(info.id.get(), discord.application_id().get());
    assert_eq!(http.get_current_user().await.expect("it is decoded").name, "bot");
    assert_eq!(http.get_bot_gateway().await.expect("it is decoded").shards, 1);
    let option = |kind, name: &str| CreateCommandOption::new(kind, name, "Something");
    let commands = [
        CreateCommand::new("who").description("Who").add_option(option(CommandOptionType::User, "user").required(true)),
        CreateCommand::new("read").description("Reads").add_option(option(CommandOptionType::Attachment, "file")),
        CreateCommand::new("say")
            .description("Says")
            .add_option(option(CommandOptionType::String, "text").set_autocomplete(true)),
    ];
    let commands = serenity::all::Command::set_global_commands(&http, commands.to_vec()).await;
    assert_eq!(commands.expect("they are decoded").len(), 3);
    let listed = http.get_global_commands_with_localizations().await;
    assert_eq!(listed.expect("they are decoded").len(), 3);
    let channel = http.get_channel(general.id().get().into()).await;
    assert!(channel.expect("it is decoded").guild().is_some());

    let shown = alice.types(&general, "/who user:alice").await;
    assert!(shown.says("alice").is_ephemeral());
    let form = shown.clicks(&alice, 1).await.chooses(&alice, "Two").await.form();
    alice.fills(&form, [("name", "Alice")]).await.says("Thank you");
    alice.attaches("a.txt", "hello");
    alice.types(&general, "/read file:a.txt").await.says("5 bytes");
    alice.types(&alice.dm(), "/say text:x").await.says("String(\"x\")");
    assert_eq!(alice.completes(&general, "/say text:ab").await.suggestions[0].value, json!("ab"));
    alice.writes(&general, "<@bot> hi").answered().await.comes_to_say("Hello again").await;
    alice.writes(&alice.dm(), "hi").answered().await.comes_to_say("Hello again").await;

    let other = discord.guild_without_the_bot("Other");
    let lobby = other.channel("lobby");
    other.invite_bot();
    other.goes_unavailable();
    other.comes_back();
    lobby.vanishes();
    other.remove_bot();
    let direct = http.create_private_channel(&json!({ "recipient_id": alice.id() })).await;
    assert_eq!(direct.expect("it is decoded").id.get(), alice.dm().id().get());

    let seen = || bot.0.lock().expect("no test panics with it").clone();
    for name in ["GUILD_CREATE", "GUILD_DELETE", "CHANNEL_DELETE", "MESSAGE_UPDATE", "INTERACTION_CREATE"] {
        for _ in 0..200 {
            if seen().iter().any(|event| event == name) {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        assert!(seen().iter().any(|event| event == name), "{name} among {:?}", seen());
    }
    let unknown = seen().into_iter().filter(|event| event.starts_with("UNKNOWN")).collect::<Vec<_>>();
    assert!(unknown.is_empty(), "{unknown:#?}");
    running.abort();
}
